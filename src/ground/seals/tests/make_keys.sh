#!/usr/bin/env bash
# make_keys.sh: writes example_keys.hpp and ../testing/include/seals_testing/example_key.hpp anew. Every run makes other keys, so the fingerprints in the tests follow.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
cd "$GNUPGHOME"
trap 'gpgconf --kill gpg-agent; rm -rf "$GNUPGHOME"' EXIT
g() { gpg --batch --quiet --pinentry-mode loopback --passphrase '' --faked-system-time "$1!" "${@:2}"; }
fingerprint() { gpg --batch --list-keys --with-colons "$1" | awk -F: '/^fpr/ {print $10; exit}'; }

g 20260101T000000 --quick-gen-key 'Example SOC <soc@bank.example>' ed25519 cert never
valid=$(fingerprint soc@bank.example)
g 20260101T000000 --quick-add-key "$valid" cv25519 encr 20280101T000000
g 20260101T000000 --quick-add-uid "$valid" 'Example Desk <Desk@Bank.Example>'
g 20240101T000000 --quick-gen-key 'Example Old <old@bank.example>' ed25519 cert 20250101T000000
expired=$(fingerprint old@bank.example)
g 20240101T000000 --quick-add-key "$expired" cv25519 encr 20250101T000000
g 20260101T000000 --quick-gen-key 'Example Signer <signer@bank.example>' ed25519 sign never
g 20260101T000000 --quick-gen-key 'Example Gone <gone@bank.example>' ed25519 cert never
gone=$(fingerprint gone@bank.example)
g 20260101T000000 --quick-add-key "$gone" cv25519 encr never
sed 's/^:---/---/' "$GNUPGHOME/openpgp-revocs.d/$gone.rev" | gpg --batch --quiet --import

gpg --armor --export "$valid" >valid.asc
gpg --armor --export "$expired" >expired.asc
gpg --armor --export signer@bank.example >signing_only.asc
gpg --armor --export "$gone" >revoked.asc
gpg --armor --export "$valid" "$expired" >two_in_one.asc
gpg --batch --pinentry-mode loopback --passphrase '' --armor --export-secret-keys "$valid" >private.asc
sed 's/PRIVATE/PUBLIC/' private.asc >private_relabelled.asc

certificate() {  # NAME KEY-USAGE EXTENDED-KEY-USAGE
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null 2>/dev/null -out "$1.pem" -days 3650 \
        -subj '/C=MK/O=Example Bank/CN=Example SOC' -addext "keyUsage=critical,$2" -addext "extendedKeyUsage=$3" \
        -addext 'subjectAltName=email:soc@bank.example,email:Desk@Bank.Example'
}
certificate mail digitalSignature,keyAgreement emailProtection
certificate mail_signing_only digitalSignature emailProtection
certificate server digitalSignature,keyAgreement serverAuth

exec >"$here/../testing/include/seals_testing/example_key.hpp"
printf '#pragma once\n/// @file\n/// A key of nobody'"'"'s, for tests of any room: of soc@bank.example and desk@bank.example, from 2026-01-01, for encryption\n'
printf '/// until 2028-01-01. Made by tests/make_keys.sh.\n\n#include <string_view>\n\nnamespace kula::seals::testing {\n\n'
printf 'inline constexpr std::string_view example_key = R"key(%s\n)key";\n' "$(cat valid.asc)"
printf 'inline constexpr std::string_view example_fingerprint = "%s";\n\n}  // namespace kula::seals::testing\n' "$valid"

exec >"$here/example_keys.hpp"
printf '#pragma once\n// Made by make_keys.sh; nothing here was ever used.\n\n#include <string_view>\n\nnamespace kula::seals::testing {\n\n'
for name in expired revoked signing_only two_in_one private private_relabelled; do
    printf 'inline constexpr std::string_view %s_key = R"key(%s\n)key";\n\n' "$name" "$(cat "$name.asc")"
done
for name in mail mail_signing_only server; do
    printf 'inline constexpr std::string_view %s_certificate = R"pem(%s\n)pem";\n\n' "$name" "$(cat "$name.pem")"
done
printf '}  // namespace kula::seals::testing\n'
