// What a brand's colour becomes, so that all that is written on it or in it can
// be read: WCAG's 4.5 for text, and 3 between a shape and what is behind it. The
// mails do the same with it, so that their button and the page's look alike.

type Color = [number, number, number];

const readable = 4.5;
const visible = 3;
// What is written in a link's colour also stands on a tint of it, and on the page.
const onTint = 5.6;

const white: Color = [255, 255, 255];
const black: Color = [0, 0, 0];
const ink: Color = [0x1b, 0x1b, 0x1f];
const paper: Color = [0xf4, 0xf4, 0xf5];

// grounds are what is behind: --card of styles.css, light and dark.
const grounds = { light: { behind: white, end: black }, dark: { behind: ink, end: white } };

export type Ground = keyof typeof grounds;
export type Paint = Record<'fill' | 'label' | 'edge' | 'link', string>;

const part = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16);
const parse = (text = ''): Color | null => (/^#[0-9a-f]{6}$/i.test(text) ? [part(text, 1), part(text, 3), part(text, 5)] : null);
const written = (color: Color) => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]: Color) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

function contrast(a: Color, b: Color) {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

// towards is the first colour on the way to the end that has the contrast wanted.
function towards(color: Color, end: Color, behind: Color, wanted: number): Color {
  const steps = 64;
  for (let step = 0; step < steps; step++) {
    const mix = (i: 0 | 1 | 2) => Math.trunc((color[i] * (steps - step) + end[i] * step) / steps);
    const mixed: Color = [mix(0), mix(1), mix(2)];
    if (contrast(mixed, behind) >= wanted) return mixed;
  }
  return end;
}

// labelled is the fill, and the colour of text on it. People expect white on
// most blues and greens: these become a little darker for it.
function labelled(fill: Color): [Color, Color] {
  if (contrast(fill, white) < visible) return [fill, black];
  return [towards(fill, black, white, readable), white];
}

// A dark grey made lighter looks like a button that is switched off.
const grey = (color: Color) => Math.max(...color) - Math.min(...color) < 24;

function on({ behind, end }: { behind: Color; end: Color }, color: Color): Paint {
  const dark = behind === ink;
  const own = dark && grey(color) && contrast(color, behind) < visible ? paper : color;
  const [fill, label] = labelled(dark ? towards(own, end, behind, visible) : own);
  return {
    fill: written(fill),
    label: written(label),
    edge: written(towards(fill, end, behind, visible)),
    link: written(towards(own, end, behind, onTint)),
  };
}

// painted is a brand's colour on light and on dark; null where it is none.
export function painted(text?: string): Record<Ground, Paint> | null {
  const color = parse(text);
  return color && { light: on(grounds.light, color), dark: on(grounds.dark, color) };
}
