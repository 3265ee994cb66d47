/// Special functions, computed in double for both floating types.
#pragma once

double ck_erfinv(double x);
double ck_lgamma(double x);
double ck_digamma(double x);
