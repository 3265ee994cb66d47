// Types of the functions that the toolchain's libsourcekitdInProc.so exports. The library is found
// and opened at run time, so only their shapes are stated here: a variant travels by value through
// C function pointers, which Swift can call only where the type is C's.

#ifndef SOURCEKIT_TYPES_H
#define SOURCEKIT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void *skd_object;
typedef void *skd_response;
typedef void *skd_uid;

typedef struct {
    uint64_t words[3];
} skd_variant;

typedef void (*skd_initialize_fn)(void);
typedef skd_uid (*skd_uid_from_string_fn)(const char *);
typedef const char *(*skd_uid_string_fn)(skd_uid);

typedef skd_object (*skd_dictionary_create_fn)(const skd_uid *, const skd_object *, size_t);
typedef void (*skd_dictionary_set_string_fn)(skd_object, skd_uid, const char *, size_t);
typedef void (*skd_dictionary_set_int_fn)(skd_object, skd_uid, int64_t);
typedef void (*skd_dictionary_set_uid_fn)(skd_object, skd_uid, skd_uid);
typedef void (*skd_dictionary_set_value_fn)(skd_object, skd_uid, skd_object);
typedef skd_object (*skd_array_create_fn)(const skd_object *, size_t);
typedef void (*skd_array_set_string_fn)(skd_object, size_t, const char *, size_t);
typedef void (*skd_request_release_fn)(skd_object);

typedef skd_response (*skd_send_fn)(skd_object);
typedef void (*skd_response_dispose_fn)(skd_response);
typedef bool (*skd_response_is_error_fn)(skd_response);
typedef const char *(*skd_response_error_fn)(skd_response);
typedef skd_variant (*skd_response_value_fn)(skd_response);

typedef skd_variant (*skd_variant_member_fn)(skd_variant, skd_uid);
typedef const char *(*skd_variant_string_fn)(skd_variant, skd_uid);
typedef int64_t (*skd_variant_int_fn)(skd_variant, skd_uid);
typedef skd_uid (*skd_variant_uid_fn)(skd_variant, skd_uid);
typedef size_t (*skd_variant_count_fn)(skd_variant);
typedef skd_variant (*skd_variant_element_fn)(skd_variant, size_t);
typedef int (*skd_variant_type_fn)(skd_variant);

#endif
