#pragma once
/// @file
/// A key of nobody's, for tests of any room: of soc@bank.example and desk@bank.example, from 2026-01-01, for encryption
/// until 2028-01-01. Made by tests/make_keys.sh.

#include <string_view>

namespace kula::seals::testing {

inline constexpr std::string_view example_key = R"key(-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEaVW5ABYJKwYBBAHaRw8BAQdAYYx1xtz5WpWOqOCnMJrAaMJgNpu8XNTWQftV
LmkgndS0HkV4YW1wbGUgU09DIDxzb2NAYmFuay5leGFtcGxlPoiQBBMWCAA4FiEE
liGFN53gEm3J0eulUs7gVy8An70FAmlVuQACGwEFCwkIBwIGFQoJCAsCBBYCAwEC
HgECF4AACgkQUs7gVy8An71RHQEA55w6BP6AxdJ6uGoCLmalW49YxUmhgjQifqqG
/vnTCIMBAK1X9AsLWjgqTKRTJloxPhEQiIY+EvB1W0B0HMw0wScItCBFeGFtcGxl
IERlc2sgPERlc2tAQmFuay5FeGFtcGxlPoiQBBMWCAA4FiEEliGFN53gEm3J0eul
Us7gVy8An70FAmlVuQACGwEFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQUs7g
Vy8An70a5QD8DxGUG4akQ0CpLEmZFa3WKH2+pgUK9+Kt+6Sp1tHw2poA/3jnB0CQ
Q5LFN66tlxGDvkli5d+FJEu6pTFYAtjYELMNuDgEaVW5ABIKKwYBBAGXVQEFAQEH
QPqqHgxaRb2Ib3NLUdMAxaB5XOh59V//M5S3pXK/1YwyAwEIB4h+BBgWCAAmFiEE
liGFN53gEm3J0eulUs7gVy8An70FAmlVuQACGwwFCQPCZwAACgkQUs7gVy8An73B
ygEAqVO7RiTKW+LdtIHLXsPpgCbZWr/9TgsKQUFFyZ0GA/oBAPYOa+j+0FG7Hens
cs0xJww6V5l6twpkXrgF5ePUgKcE
=2bbA
-----END PGP PUBLIC KEY BLOCK-----
)key";
inline constexpr std::string_view example_fingerprint = "962185379DE0126DC9D1EBA552CEE0572F009FBD";

}  // namespace kula::seals::testing
