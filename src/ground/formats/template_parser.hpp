#pragma once
/// @file
/// Template sets and options template sets of NetFlow v9 (RFC 3954 §5.2, §6.1) and IPFIX (RFC 7011 §3.4, §8.1). Pure.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "flow_template.hpp"

namespace kula::formats {

/// The least id of a data set, and so of a template; lower ones are set ids.
inline constexpr std::uint16_t least_template_id = 256;

/// Which sets hold templates; nothing for data sets and for ids that mean nothing (to be skipped).
std::optional<TemplateKind> template_kind(ExportProtocol protocol, std::uint16_t set_id);

/// Takes the templates of one set, one by one.
class TemplateParser {
public:
    TemplateParser(ExportProtocol protocol, TemplateKind kind, std::span<std::byte const> body)
        : protocol_(protocol), kind_(kind), rest_(body) {}

    /// The next template's id; its fields are in `fields()`. Nothing at the end of the set, or at a fault.
    std::optional<std::uint16_t> next();
    [[nodiscard]] std::span<TemplateField const> fields() const { return fields_; }
    /// IPFIX: no fields, the template is withdrawn. The id is a template's, or that of the set: all of its kind.
    [[nodiscard]] bool is_withdrawal() const { return fields_.empty(); }
    /// Why the set could not be read to its end; empty where it could.
    [[nodiscard]] std::string_view fault() const { return fault_; }

private:
    std::optional<std::uint16_t> fail(std::string_view reason);
    bool take_fields(std::size_t count, std::size_t scopes);
    bool take_field(TemplateField::Origin origin);
    std::optional<std::uint16_t> next_of_netflow9_options();

    ExportProtocol protocol_;
    TemplateKind kind_;
    std::span<std::byte const> rest_;
    std::vector<TemplateField> fields_;
    std::string_view fault_;
};

}  // namespace kula::formats
