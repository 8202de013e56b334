import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` shows changes at once, over the API of a `make run` beside it.
const api = process.env.API_URL ?? 'http://localhost:3000';

const everyViews =
  /lucide-react\/dist\/esm\/(?!icons)|node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/[a-z-]+|openapi-fetch|openapi-react-query)\/|src\/(api|brand\/(face|paint|theme|Head|Foot|Badge)|words\/(format|say|trouble)\.ts|shell\/(Inside|Troubled|Offline|shortcuts|ended|address)|door\/(Card|SignOut)|ui\/(Button|Notice|Spinner|Empty|toast|later|Status|Page)|.*\/search\.ts)/;

// What most pages of who is signed in have, and what forms are made with.
const inside =
  /src\/ui\/(SearchField|Picker)|lucide-react\/dist\/esm\/icons\/(activity|bot|building|check|chevron-right|plus|search|settings|users|x)\b/;
const form = /src\/ui\/(Field|Form)\.tsx/;

// Only forms ask before one leaves them.
const someViews = /useBlocker/;

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // React has it by itself since 18; what libraries bring along for older ones weighs.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim$/, replacement: 'react' }] },
  server: { proxy: { '/v1': api } },
  build: {
    rollupOptions: {
      // What views have in common is in few files: many small ones compress worse.
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', test: (file) => everyViews.test(file) && !someViews.test(file), priority: 1 },
            { name: 'inside', test: inside },
            { name: 'form', test: form },
          ],
        },
      },
    },
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Pages may load their own files alone: nothing is written into them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
