// What a brand's colour becomes, so that all that is written on it or in it can
// be read: WCAG's 4.5 for text, and 3 between a shape and what is behind it. The
// mails do the same with it, so that their button and the page's look alike.

const readable = 4.5;
const visible = 3;

const white = [255, 255, 255];
const black = [0, 0, 0];
const ink = [0x1b, 0x1b, 0x1f];
const paper = [0xf4, 0xf4, 0xf5];

// grounds are what is behind: the card of page.css, light and dark.
const grounds = { light: { behind: white, end: black }, dark: { behind: ink, end: white } };

const parse = (text) => /^#[0-9a-f]{6}$/i.test(text ?? '') && [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
const written = (color) => '#' + color.map((part) => part.toString(16).padStart(2, '0')).join('');

const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

// towards is the first colour on the way to the end that has the contrast wanted.
function towards(color, end, behind, wanted) {
  const steps = 64;
  for (let step = 0; step < steps; step++) {
    const mixed = color.map((part, i) => Math.trunc((part * (steps - step) + end[i] * step) / steps));
    if (contrast(mixed, behind) >= wanted) return mixed;
  }
  return end;
}

// labelled is the fill, and the colour of text on it. People expect white on
// most blues and greens: these become a little darker for it.
function labelled(fill) {
  if (contrast(fill, white) < visible) return [fill, black];
  return [towards(fill, black, white, readable), white];
}

// A dark grey made lighter looks like a button that is switched off.
const grey = (color) => Math.max(...color) - Math.min(...color) < 24;

function on({ behind, end }, color) {
  const dark = behind === ink;
  if (dark && grey(color) && contrast(color, behind) < visible) color = paper;
  const [fill, label] = labelled(dark ? towards(color, end, behind, visible) : color);
  return {
    fill: written(fill),
    label: written(label),
    edge: written(towards(fill, end, behind, visible)),
    link: written(towards(color, end, behind, readable)),
  };
}

// painted is a brand's colour on light and on dark; null where it is none.
export function painted(text) {
  const color = parse(text);
  return color ? { light: on(grounds.light, color), dark: on(grounds.dark, color) } : null;
}
