// x to the power y with a logarithm of twice the usual precision, so that results are right to the
// last place and exact powers are exact. Nothing here may be fused: the error terms rely on it.
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

/// A number as the sum of two doubles, the second below half a unit of the first.
typedef struct { double high, low; } pair;

static pair two_sum(double a, double b) {
  double s = a + b, t = s - a;
  return (pair){s, (a - (s - t)) + (b - t)};
}

static pair two_product(double a, double b) {
  double p = a * b, sa = a * 134217729.0, sb = b * 134217729.0;
  double ah = sa - (sa - a), al = a - ah, bh = sb - (sb - b), bl = b - bh;
  return (pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static pair add(pair a, pair b) {
  pair s = two_sum(a.high, b.high);
  return two_sum(s.high, s.low + (a.low + b.low));
}

static pair multiply(pair a, pair b) {
  pair p = two_product(a.high, b.high);
  return two_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static pair divide(pair a, pair b) {
  double q = a.high / b.high;
  pair p = multiply((pair){q, 0}, b);
  pair rest = add(a, (pair){-p.high, -p.low});
  return two_sum(q, rest.high / b.high);
}

static const pair ln2 = {0.6931471805599453, 2.3190468138462996e-17};

// ln x for positive finite x: m in [√½, √2), then the series of atanh((m-1)/(m+1)).
static pair logarithm(double x) {
  int exponent;
  double m = frexp(x, &exponent);
  if (m < 0.7071067811865476) {
    m *= 2;
    exponent--;
  }
  pair s = divide((pair){m - 1, 0}, two_sum(m, 1)), u = multiply(s, s);
  pair sum = {0, 0};
  for (int i = 43; i >= 1; i -= 2) sum = add(multiply(sum, u), divide((pair){1, 0}, (pair){i, 0}));
  sum = multiply(sum, multiply(s, (pair){2, 0}));
  return add(multiply((pair){exponent, 0}, ln2), sum);
}

// e^x for |x| < 746, rounded once.
static double exponential(pair x) {
  double k = rint(x.high / 0.6931471805599453);
  pair r = add(x, multiply((pair){-k, 0}, ln2)), sum = {1, 0};
  for (int i = 22; i >= 1; i--) {
    sum = multiply(sum, divide(r, (pair){i, 0}));
    sum = add(sum, (pair){1, 0});
  }
  return ldexp(sum.high + sum.low, (int)k);
}

double ck_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  // Zeros, infinities and NaN are exact in every library.
  if (x == 0 || !isfinite(x) || !isfinite(y)) return pow(x, y);
  int odd = fmod(y, 2) != 0;
  if (x < 0 && floor(y) != y) return NAN;
  if (y == 1) return x;
  double sign = x < 0 && odd ? -1 : 1;
  pair power = multiply(logarithm(fabs(x)), (pair){y, 0});
  if (power.high > 709.8) return sign * INFINITY;
  if (power.high < -745.2) return sign * 0.0;
  return sign * exponential(power);
}
