/**
 * Verifies signatures of ECDSA on the curve P-256 (FIPS 186-4, section 6.4). A page that came over plain HTTP
 * has no WebCrypto. Not for secrets: its time depends on its input, which is public here.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { contentOf, hexOf, valueAt, valuesIn } from './der.ts';

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const generator: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  z: 1n,
};

/** In Jacobian coordinates: x/z², y/z³. With z = 0 it is the point at infinity. */
interface Point {
  x: bigint;
  y: bigint;
  z: bigint;
}
const infinity: Point = { x: 1n, y: 1n, z: 0n };

const mod = (value: bigint, by = p): bigint => ((value % by) + by) % by;
function inverse(value: bigint, by: bigint): bigint {
  let [a, c, x, y] = [mod(value, by), by, 1n, 0n];
  while (a > 1n) {
    const times = c / a;
    [a, c, x, y] = [c - times * a, a, y - times * x, x];
  }
  return mod(x, by);
}

/** `dbl-2001-b` and `add-2007-bl` of the Explicit-Formulas Database. */
function double({ x, y, z }: Point): Point {
  const delta = mod(z * z);
  const gamma = mod(y * y);
  const beta = mod(x * gamma);
  const alpha = mod(3n * (x - delta) * (x + delta));
  const x3 = mod(alpha * alpha - 8n * beta);
  return {
    x: x3,
    y: mod(alpha * (4n * beta - x3) - 8n * gamma * gamma),
    z: mod((y + z) ** 2n - gamma - delta),
  };
}
function add(one: Point, other: Point): Point {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const [zz1, zz2] = [mod(one.z * one.z), mod(other.z * other.z)];
  const [u1, u2] = [mod(one.x * zz2), mod(other.x * zz1)];
  const [s1, s2] = [mod(one.y * other.z * zz2), mod(other.y * one.z * zz1)];
  if (u1 === u2) return s1 === s2 ? double(one) : infinity;
  const h = mod(u2 - u1);
  const i = mod(4n * h * h);
  const j = mod(h * i);
  const r = mod(2n * (s2 - s1));
  const v = mod(u1 * i);
  const x = mod(r * r - j - 2n * v);
  return {
    x,
    y: mod(r * (v - x) - 2n * s1 * j),
    z: mod(((one.z + other.z) ** 2n - zz1 - zz2) * h),
  };
}
/** one · a + other · b, bit by bit of both. */
function sumOf(one: Point, a: bigint, other: Point, b: bigint): Point {
  const both = add(one, other);
  let sum = infinity;
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = double(sum);
    const [inA, inB] = [(a >> bit) & 1n, (b >> bit) & 1n];
    if (inA | inB) sum = add(sum, inA & inB ? both : inA ? one : other);
  }
  return sum;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes) || '0'}`);

/** @param key the point, uncompressed: 4, then x and y of 32 bytes each */
function pointOf(key: Uint8Array): Point | undefined {
  if (key.length !== 65 || key[0] !== 4) return undefined;
  const [x, y] = [numberOf(key.subarray(1, 33)), numberOf(key.subarray(33))];
  return mod(y * y - x * x * x + 3n * x - b) === 0n ? { x, y, z: 1n } : undefined;
}

/** With SHA-256. @param signature DER: a sequence of the two numbers */
export function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const point = pointOf(key);
  const [r, s] = valuesIn(signature, valueAt(signature, 0)).map((value) =>
    numberOf(contentOf(signature, value)),
  );
  if (!point || !r || !s || r >= n || s >= n) return false;
  const inverted = inverse(s, n);
  const [ofHash, ofKey] = [numberOf(sha256(message)), r].map((value) => mod(value * inverted, n));
  const { x, z } = sumOf(generator, ofHash!, point, ofKey!);
  return z !== 0n && mod(mod(x * inverse(z * z, p)), n) === r;
}
