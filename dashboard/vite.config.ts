import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` shows changes at once, over the API of a `make run` beside it.
const api = process.env.API_URL ?? 'http://localhost:3000';

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss()],
  server: { proxy: { '/v1': api } },
  build: {
    // The catalogue of views is for those who work on them, and is not published.
    outDir: mode === 'catalogue' ? 'dist-catalogue' : 'dist',
    rollupOptions: { input: mode === 'catalogue' ? 'catalogue.html' : 'index.html' },
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Pages may load their own files alone: nothing is written into them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}));
