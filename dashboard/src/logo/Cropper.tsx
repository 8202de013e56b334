import { useCallback, useEffect, useState } from 'react';
import Easy from 'react-easy-crop';
import 'react-easy-crop/react-easy-crop.css';
import { say } from '../words/say';
import { type Area, cut, type Picture } from './picture';

const shapes = ['whole', 'square'] as const;

// Cropper cuts a logo out of a picture, and shows it as people will see it, on
// light and on dark.
export function Cropper({ picture, onCut }: { picture: Picture; onCut: (logo: Blob) => void }) {
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const [shape, setShape] = useState<(typeof shapes)[number]>('whole');
  const [area, setArea] = useState<Area>();
  const [preview, setPreview] = useState('');

  useEffect(() => {
    let current = true;
    void cut(picture, area).then(async (logo) => {
      if (!current) return;
      onCut(logo);
      const reader = new FileReader();
      reader.onload = () => current && setPreview(String(reader.result));
      reader.readAsDataURL(logo);
    });
    return () => {
      current = false;
    };
  }, [picture, area, onCut]);

  return (
    <div className="space-y-2">
      <div className="relative h-48 overflow-hidden rounded-xl bg-wash">
        <Easy
          image={picture.url}
          crop={crop}
          zoom={zoom}
          minZoom={1}
          maxZoom={5}
          aspect={shape === 'square' ? 1 : picture.width / picture.height}
          onCropChange={setCrop}
          onZoomChange={setZoom}
          onCropComplete={useCallback((_: Area, pixels: Area) => setArea(pixels), [])}
          disableAutomaticStylesInjection
          mediaProps={{ alt: say('logo.cut') }}
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <label className="flex min-w-40 flex-1 items-center gap-2 text-dim">
          {say('logo.zoom')}
          <input
            type="range"
            min={1}
            max={5}
            step={0.05}
            value={zoom}
            onChange={(event) => setZoom(Number(event.target.value))}
            className="flex-1 accent-(--link)"
          />
        </label>
        <select
          aria-label={say('logo.shape')}
          value={shape}
          onChange={(event) => setShape(event.target.value === 'square' ? 'square' : 'whole')}
          className="control rounded-lg border bg-card px-2"
        >
          {shapes.map((option) => (
            <option key={option} value={option}>
              {say(`logo.shape.${option}`)}
            </option>
          ))}
        </select>
      </div>
      {preview && (
        <div className="flex gap-2">
          {['bg-white', 'bg-[#1b1b1f]'].map((ground) => (
            <div key={ground} className={`grid h-16 flex-1 place-items-center rounded-lg border ${ground}`}>
              <img src={preview} alt={say('logo.preview')} className="max-h-10 max-w-[80%] rounded bg-white" />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
