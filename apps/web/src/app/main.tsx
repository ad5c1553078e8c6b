import '../lib/trusted';
import '../ui/styles/app.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { client } from '../lib/api';
import { router } from './router';

const place = document.getElementById('root');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <Provider value={client}>
        <RouterProvider router={router as never} />
      </Provider>
    </StrictMode>,
  );
}
