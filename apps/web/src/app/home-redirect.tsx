import { Navigate } from '@tanstack/react-router';
import { homeOf, useViewer } from '../lib/viewer';

/** Sends a person to their side. */
export function HomePage() {
  return <Navigate to={homeOf(useViewer())} replace />;
}
