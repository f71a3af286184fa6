/** The Airy 1830 and WGS 84 ellipsoids: half axes in metres. */
const AIRY = { a: 6_377_563.396, b: 6_356_256.909 };
const WGS84 = { a: 6_378_137, b: 6_356_752.3142 };

/** The grid's true origin, its false one, and its scale on the central meridian. */
const ORIGIN = {
  latitude: radians(49),
  longitude: radians(-2),
  east: 400_000,
  north: -100_000,
  scale: 0.999_601_271_7,
};

/** From OSGB36 to WGS 84: metres, parts, and seconds of arc, good to about five metres. */
const SHIFT = { x: 446.448, y: -125.157, z: 542.06, scale: -20.4894e-6 };
const TURN = { x: radians(0.1502 / 3600), y: radians(0.247 / 3600), z: radians(0.8421 / 3600) };

/**
 * Longitude and latitude (WGS 84, in degrees) of a point of the British national grid (EPSG:27700, in metres): the
 * inverse transverse Mercator projection, then a Helmert transformation. Good to about five metres: enough for a map.
 * After Ordnance Survey, *A Guide to Coordinate Systems in Great Britain*, annexes B and C.
 */
export function fromBritishNationalGrid(east: number, north: number): [number, number] {
  const [longitude, latitude] = unprojected(east, north);
  const [x, y, z] = toCartesian(longitude, latitude, AIRY);
  const scale = 1 + SHIFT.scale;
  return toDegrees(
    SHIFT.x + x * scale - y * TURN.z + z * TURN.y,
    SHIFT.y + x * TURN.z + y * scale - z * TURN.x,
    SHIFT.z - x * TURN.y + y * TURN.x + z * scale,
  );
}

/** Longitude and latitude on the Airy ellipsoid, in radians. */
function unprojected(east: number, north: number): [number, number] {
  const { a, b } = AIRY;
  const eccentricity = 1 - (b * b) / (a * a);
  const n = (a - b) / (a + b);
  const meridian = (latitude: number) => {
    const less = latitude - ORIGIN.latitude;
    const sum = latitude + ORIGIN.latitude;
    return (
      b *
      ORIGIN.scale *
      ((1 + n + 1.25 * (n * n + n ** 3)) * less -
        (3 * n + 3 * n * n + 2.625 * n ** 3) * Math.sin(less) * Math.cos(sum) +
        1.875 * (n * n + n ** 3) * Math.sin(2 * less) * Math.cos(2 * sum) -
        (35 / 24) * n ** 3 * Math.sin(3 * less) * Math.cos(3 * sum))
    );
  };
  let latitude = ORIGIN.latitude + (north - ORIGIN.north) / (a * ORIGIN.scale);
  for (let turn = 0; turn < 12; turn++)
    latitude += (north - ORIGIN.north - meridian(latitude)) / (a * ORIGIN.scale);
  const sin = Math.sin(latitude);
  const tan = Math.tan(latitude);
  const secant = 1 / Math.cos(latitude);
  const nu = (a * ORIGIN.scale) / Math.sqrt(1 - eccentricity * sin * sin);
  const rho = (a * ORIGIN.scale * (1 - eccentricity)) / (1 - eccentricity * sin * sin) ** 1.5;
  const eta = nu / rho - 1;
  const t2 = tan * tan;
  const d = east - ORIGIN.east;
  const seven = tan / (2 * rho * nu);
  const eight = (tan / (24 * rho * nu ** 3)) * (5 + 3 * t2 + eta - 9 * t2 * eta);
  const nine = (tan / (720 * rho * nu ** 5)) * (61 + 90 * t2 + 45 * t2 * t2);
  const ten = secant / nu;
  const eleven = (secant / (6 * nu ** 3)) * (nu / rho + 2 * t2);
  const twelve = (secant / (120 * nu ** 5)) * (5 + 28 * t2 + 24 * t2 * t2);
  const twelveA = (secant / (5040 * nu ** 7)) * (61 + 662 * t2 + 1320 * t2 * t2 + 720 * t2 ** 3);
  return [
    ORIGIN.longitude + ten * d - eleven * d ** 3 + twelve * d ** 5 - twelveA * d ** 7,
    latitude - seven * d ** 2 + eight * d ** 4 - nine * d ** 6,
  ];
}

function toCartesian(
  longitude: number,
  latitude: number,
  { a, b }: { a: number; b: number },
): [number, number, number] {
  const eccentricity = 1 - (b * b) / (a * a);
  const nu = a / Math.sqrt(1 - eccentricity * Math.sin(latitude) ** 2);
  return [
    nu * Math.cos(latitude) * Math.cos(longitude),
    nu * Math.cos(latitude) * Math.sin(longitude),
    nu * (1 - eccentricity) * Math.sin(latitude),
  ];
}

function toDegrees(x: number, y: number, z: number): [number, number] {
  const { a, b } = WGS84;
  const eccentricity = 1 - (b * b) / (a * a);
  const across = Math.hypot(x, y);
  let latitude = Math.atan2(z, across * (1 - eccentricity));
  for (let turn = 0; turn < 8; turn++) {
    const nu = a / Math.sqrt(1 - eccentricity * Math.sin(latitude) ** 2);
    latitude = Math.atan2(z + eccentricity * nu * Math.sin(latitude), across);
  }
  return [(Math.atan2(y, x) * 180) / Math.PI, (latitude * 180) / Math.PI];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
