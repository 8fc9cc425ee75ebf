/* What libpq.a asks of Kerberos and LDAP, for which Debian has no static libraries: every call fails.
 *
 * A program linked with these speaks neither GSSAPI nor looks services up in LDAP; libpq reports that
 * as it reports any failure of theirs. The archives of a system that has them can be linked instead.
 */
#include <stddef.h>

/* GSS_S_FAILURE (RFC 2744, section 3.9.1). */
#define GSS(name) unsigned name(void) { return 13u << 16; }
GSS(gss_acquire_cred)
GSS(gss_delete_sec_context)
GSS(gss_display_status)
GSS(gss_import_name)
GSS(gss_init_sec_context)
GSS(gss_release_buffer)
GSS(gss_release_cred)
GSS(gss_release_name)
GSS(gss_unwrap)
GSS(gss_wrap)
GSS(gss_wrap_size_limit)
void *GSS_C_NT_HOSTBASED_SERVICE = NULL;

/* LDAP_SERVER_DOWN (RFC 1823, section 4.12). */
#define LDAP(name) int name(void) { return -1; }
LDAP(ldap_count_entries)
LDAP(ldap_msgfree)
LDAP(ldap_result)
LDAP(ldap_search_st)
LDAP(ldap_set_option)
LDAP(ldap_simple_bind)
LDAP(ldap_unbind)
#define NOTHING(name) void *name(void) { return NULL; }
NOTHING(ldap_first_entry)
NOTHING(ldap_get_values_len)
NOTHING(ldap_init)
char *ldap_err2string(int code) { (void)code; return "this program was linked without LDAP"; }
void ldap_value_free_len(void) {}
