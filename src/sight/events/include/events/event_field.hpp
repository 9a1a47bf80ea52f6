#pragma once
/// @file
/// The fields that an event may have, and the one form in which each of their values is kept.
///
/// Names and meanings are those of IntelMQ's data harmonisation 3.3 (docs.intelmq.org), so that a team that moves over
/// keeps its words; `data/events/fields.json` tells each one's type. Whatever a source tells beyond them is kept as
/// `extra.<name>`. Immutable; safe from any thread.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/result.hpp"

namespace kula::events {

/// Objects keep the order in which they were made.
using Json = nlohmann::ordered_json;

enum class FieldType : std::uint8_t {
    text,     ///< Not empty.
    words,    ///< A list of texts.
    lower,    ///< ASCII letters in lower case.
    upper,    ///< … in upper case.
    hash,     ///< Hexadecimal digits in lower case.
    address,  ///< RFC 5952.
    prefix,   ///< Host bits cleared.
    domain,   ///< `formats::canonical_domain`.
    host,     ///< `formats::canonical_host_name`: as IntelMQ's FQDN, also a name of one label.
    suffix,   ///< As `host`, without a dot in front: the public suffix below which a name is registered.
    url,      ///< With a scheme and a host; `hxxp` is `http`.
    port,     ///< 1 to 65,535.
    asn,      ///< 1 to 4,294,967,295; also from `AS64496`.
    country,  ///< ISO 3166-1 alpha-2, in upper case.
    real,
    share,  ///< 0 to 100.
    integer,
    count,  ///< Not negative.
    yes_or_no,
    moment,      ///< RFC 3339 in UTC, fractions where there are some.
    tlp,         ///< As `base::to_text`.
    rsit_class,  ///< Of RSIT 1003.
    rsit_type,   ///< Of RSIT 1003; IntelMQ's spelling is taken and not kept.
    finer_type,  ///< A word of IntelMQ that RSIT does not have: `blacklist`, `dga-domain`, `malware`, `proxy`, `tor`.
    anything,
};

struct EventField {
    std::string name;
    FieldType type;
    bool may_be_several = false;  ///< Then a list of values is taken, each in its form.
};

class EventFields {
public:
    static EventFields const& shipped();

    /// Nothing for a name that is no field; `extra.<name>` is one: a name of 1 to 100 letters, digits and `._-` and
    /// blanks.
    [[nodiscard]] EventField const* find(std::string_view name) const;

private:
    explicit EventFields(std::string_view json);
    std::map<std::string, EventField, std::less<>> fields_;
    EventField extra_;
};

/// The value in the form that is kept. `invalid` tells what it should be; never the value, which may be long or not for
/// every eye.
base::Result<Json> canonical(EventField const& field, Json const& value);

}  // namespace kula::events
