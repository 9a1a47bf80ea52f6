#pragma once
/// @file
/// A template of NetFlow v9 or IPFIX, compiled once into the places of the few fields that make a flow.
///
/// Sources: RFC 3954 §5.2, §6.1, §8; RFC 7011 §3.4, §7; the IANA registry of information elements. Fields that no flow
/// needs, and all enterprise-specific ones (RFC 5103 reverse elements among them: a biflow is told by its forward
/// direction), are only stepped over. Immutable, so safe from any thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "formats/exports.hpp"

namespace kula::formats {

enum class TemplateKind : std::uint8_t { data, options };

/// What a record can say that a flow needs.
enum class Role : std::uint8_t {
    source4,
    destination4,
    source6,
    destination6,
    ip_version,
    source_port,
    destination_port,
    protocol,
    packets,
    bytes,
    start,
    end,
    observed,
    duration,
    system_start,
    sampling_interval,
    random_interval,
    packet_interval,
    packet_space,
    count_
};
inline constexpr std::size_t role_count = static_cast<std::size_t>(Role::count_);

/// How the number of a time field counts.
enum class TimeUnit : std::uint8_t { none, uptime, seconds, milliseconds, microseconds, ntp, before_export };

/// One field specifier, as it stands in a template.
struct TemplateField {
    enum class Origin : std::uint8_t { iana, enterprise, scope };
    std::uint16_t element = 0;
    std::uint16_t length = 0;
    Origin origin = Origin::iana;
};

/// IPFIX only (RFC 7011 §7): the length stands before the value.
inline constexpr std::uint16_t variable_length = 0xFFFF;

/// Where a field stands in its record; absent where the length is 0.
struct FieldPlace {
    std::uint16_t offset = 0;
    std::uint16_t length = 0;
};

class FlowTemplate {
public:
    using Places = std::array<FieldPlace, role_count>;

    /// The record that stands at the front of some bytes.
    struct Record {
        std::size_t length = 0;
        Places const* places = nullptr;
    };

    /// Nothing where records would have no length, or more than a datagram holds.
    static std::optional<FlowTemplate> compile(ExportProtocol protocol, TemplateKind kind,
                                               std::span<TemplateField const> fields);

    [[nodiscard]] TemplateKind kind() const { return kind_; }
    /// A data template with an address at least: a record of it is a flow.
    [[nodiscard]] bool tells_flows() const { return tells_flows_; }
    /// No record is shorter; of at least 1.
    [[nodiscard]] std::size_t least_length() const { return least_length_; }
    [[nodiscard]] bool has_fixed_length() const { return steps_.empty(); }
    [[nodiscard]] TimeUnit unit_of(Role role) const { return units_[static_cast<std::size_t>(role)]; }
    /// Whether it was compiled from the same definition.
    [[nodiscard]] bool is_same_as(FlowTemplate const& other) const { return definition_ == other.definition_; }
    /// Memory that it takes, for bounds.
    [[nodiscard]] std::size_t size() const { return sizeof *this + steps_.capacity() * sizeof(Step); }

    /// Finds the record at the front of `bytes`; nothing where it runs beyond them. `scratch` may be written to, and is
    /// what the record's places point to where lengths vary.
    std::optional<Record> record(std::span<std::byte const> bytes, Places& scratch) const {
        if (!steps_.empty()) return walk(bytes, scratch);
        if (bytes.size() < least_length_) return std::nullopt;
        return Record{least_length_, &places_};
    }

private:
    /// Part of a record of varying length: bytes to step over, or one field.
    struct Step {
        std::uint16_t length = 0;
        Role role = Role::count_;
    };

    std::optional<Record> walk(std::span<std::byte const> bytes, Places& scratch) const;
    void add_step(std::uint16_t length, Role role);

    TemplateKind kind_ = TemplateKind::data;
    bool tells_flows_ = false;
    std::size_t least_length_ = 0;
    std::uint64_t definition_ = 0;
    Places places_{};
    std::array<TimeUnit, role_count> units_{};
    std::vector<Step> steps_;  ///< Only where the length varies.
};

}  // namespace kula::formats
