const PAGES = ['/', '/openings', '/rate-card', '/transparency', '/terms', '/privacy'];
/** Addresses of the signed-in side and the API: nothing there is for search engines. */
const PRIVATE = ['/admin', '/expert', '/graphql', '/home', '/lab', '/notifications', '/reset-password'];

/** Addresses for search engines: our own pages and every opening that is open. */
export function sitemap(publicUrl: string, openings: readonly { id: string; day: string }[]): string {
  const urls = [
    ...PAGES.map((address) => `<url><loc>${escaped(publicUrl + address)}</loc></url>`),
    ...openings.map(
      ({ id, day }) =>
        `<url><loc>${escaped(`${publicUrl}/openings/${id}`)}</loc><lastmod>${day}</lastmod></url>`,
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
}

/** What search engines may read. */
export function robots(publicUrl: string): string {
  return `User-agent: *\n${PRIVATE.map((address) => `Disallow: ${address}\n`).join('')}\nSitemap: ${publicUrl}/sitemap.xml\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
