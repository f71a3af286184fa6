/**
 * True when the Host header names this server by an address of this machine. Another name means that a page elsewhere has
 * pointed its own name at 127.0.0.1 (DNS rebinding).
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** What a browser says of where a request came from. */
interface Origins {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * True unless the browser says that a form was sent from another site. Browsers send `Origin: null` with a form when the
 * page sends no referrer, as these pages do, so that null alone says nothing; the form's token decides besides.
 */
export function isSameOrigin({ host, origin, fetchSite }: Origins): boolean {
  if (fetchSite !== undefined && fetchSite !== "same-origin") return false;
  return origin === undefined || origin === "null" || origin === `http://${host}`;
}
