#pragma once
// What reports enclose: samples, attachments, the mail that was spam.

#include "row.hpp"

namespace kula::intake {

/// An enclosure as X-ARF writes it (an object with `payload`, `Payload` or `Data`, or a list of such), with the SHA-256
/// and the length of its bytes in the payload's place: the bytes stay in the delivery. What is no payload is kept.
Json hashed_evidence(Json const& value);

}  // namespace kula::intake
