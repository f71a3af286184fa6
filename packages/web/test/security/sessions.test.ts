import { expect, test } from "vitest";
import { Sessions } from "../../src/security/sessions.ts";

function sessions() {
  let now = 0;
  let drawn = 0;
  const made = new Sessions(
    (length) => new Uint8Array(length).fill(++drawn),
    () => now,
  );
  return { made, pass: (hours: number) => (now += hours * 3_600_000) };
}

test("a session ends after twelve idle hours, and lives on while it is used", () => {
  const { made, pass } = sessions();
  const id = made.exchange(made.newLink())!;
  pass(11);
  expect(made.isOpen(id)).toBe(true);
  pass(11);
  expect(made.isOpen(id)).toBe(true);
  pass(12.1);
  expect(made.isOpen(id)).toBe(false);
  pass(-12.1);
  expect(made.isOpen(id)).toBe(false);
});

test("form tokens differ between sessions and are checked in full", () => {
  const { made } = sessions();
  const one = made.exchange(made.newLink())!;
  const other = made.exchange(made.newLink())!;
  expect(made.formToken(one)).not.toBe(made.formToken(other));
  expect(made.isFormToken(one, made.formToken(one))).toBe(true);
  expect(made.isFormToken(one, made.formToken(other))).toBe(false);
  expect(made.isFormToken(one, made.formToken(one).slice(0, -1))).toBe(false);
  expect(made.isFormToken(one, undefined)).toBe(false);
  expect(made.isFormToken("nobody", made.formToken(one))).toBe(false);
});
