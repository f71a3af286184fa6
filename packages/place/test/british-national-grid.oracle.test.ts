import { expect, test } from "vitest";
import { fromBritishNationalGrid } from "../src/british-national-grid.ts";

// Ordnance Survey, A Guide to Coordinate Systems in Great Britain (2020), annex C: the worked example E 651409.903,
// N 313177.270 is 52°39'27.2531" N, 1°43'4.5177" E on the Airy ellipsoid (OSGB36); the same point in ETRS89 (from
// OSTN15) is 52°39'28.72" N, 1°42'57.79" E. The Helmert transformation is stated to be good to about 5 m.
test("turns the Ordnance Survey's worked example into longitude and latitude to five metres", () => {
  const [longitude, latitude] = fromBritishNationalGrid(651_409.903, 313_177.27);
  expect(Math.abs(latitude - (52 + 39 / 60 + 28.72 / 3600)) * 111_000).toBeLessThan(5);
  expect(Math.abs(longitude - (1 + 42 / 60 + 57.79 / 3600)) * 67_000).toBeLessThan(5);
});

// The grid's true origin, 49° N 2° W on the Airy ellipsoid, is E 400000 N −100000 by definition (the same guide); in
// WGS 84 that is within 150 m.
test("knows the grid's origin", () => {
  const [longitude, latitude] = fromBritishNationalGrid(400_000, -100_000);
  expect(Math.abs(longitude + 2)).toBeLessThan(0.002);
  expect(Math.abs(latitude - 49)).toBeLessThan(0.002);
});
