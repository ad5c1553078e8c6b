import locales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineDocuments } from './inline-documents';
import { routeChunks } from './route-chunks';

export default defineConfig({
  plugins: [
    inlineDocuments('src/gql/persisted-documents.json'),
    react(),
    routeChunks(),
    { ...locales.vite({ locales: ['en-US', 'en-GB'] }), enforce: 'pre' },
  ],
  base: '/assets/',
  build: {
    outDir: 'dist/client',
    manifest: true,
    assetsDir: '',
    rollupOptions: { input: ['src/app/main.tsx', 'src/public/public.css'] },
    target: 'es2022',
    sourcemap: false,
  },
});
