// The elementwise kernels of the integer types.
#include "kernel.h"
#include "vector.h"

#define T uint8_t
#define W uint32_t
#define FN(name) name##_u8
#define TYPE_MIN 0
#define TYPE_MAX UINT8_MAX
#define UNARY_TABLE ck_unary_u8
#define BINARY_TABLE ck_binary_u8
#define TERNARY_TABLE ck_ternary_u8
#include "int_loops.h"

#define T int8_t
#define W uint32_t
#define FN(name) name##_i8
#define TYPE_MIN INT8_MIN
#define TYPE_MAX INT8_MAX
#define UNARY_TABLE ck_unary_i8
#define BINARY_TABLE ck_binary_i8
#define TERNARY_TABLE ck_ternary_i8
#include "int_loops.h"

#define T int16_t
#define W uint32_t
#define FN(name) name##_i16
#define TYPE_MIN INT16_MIN
#define TYPE_MAX INT16_MAX
#define UNARY_TABLE ck_unary_i16
#define BINARY_TABLE ck_binary_i16
#define TERNARY_TABLE ck_ternary_i16
#include "int_loops.h"

#define T int32_t
#define W uint32_t
#define FN(name) name##_i32
#define TYPE_MIN INT32_MIN
#define TYPE_MAX INT32_MAX
#define UNARY_TABLE ck_unary_i32
#define BINARY_TABLE ck_binary_i32
#define TERNARY_TABLE ck_ternary_i32
#include "int_loops.h"

#define T int64_t
#define W uint64_t
#define FN(name) name##_i64
#define TYPE_MIN INT64_MIN
#define TYPE_MAX INT64_MAX
#define UNARY_TABLE ck_unary_i64
#define BINARY_TABLE ck_binary_i64
#define TERNARY_TABLE ck_ternary_i64
#include "int_loops.h"
