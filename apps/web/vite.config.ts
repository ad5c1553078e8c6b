import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  base: '/assets/',
  build: {
    outDir: 'dist/client',
    manifest: true,
    assetsDir: '',
    rollupOptions: { input: 'src/app/main.tsx' },
    target: 'es2022',
    sourcemap: false,
  },
});
