import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The public pages as one CommonJS file that brings React along: the API requires it and needs no React of its own. */
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/public/server.tsx',
    outDir: 'dist/server',
    target: 'node20',
    minify: true,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'public.cjs' } },
  },
});
