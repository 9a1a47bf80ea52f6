#include "template_parser.hpp"

#include <algorithm>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view cut_short = "a template runs beyond its set";
constexpr std::string_view bad_id = "a template has a reserved id";
constexpr std::string_view no_fields = "a template has no fields";

constexpr std::uint16_t enterprise_bit = 0x8000;
constexpr std::size_t specifier_length = 4;

}  // namespace

std::optional<TemplateKind> template_kind(ExportProtocol protocol, std::uint16_t set_id) {
    std::uint16_t const first = protocol == ExportProtocol::ipfix ? 2 : 0;
    if (set_id == first) return TemplateKind::data;
    if (set_id == first + 1) return TemplateKind::options;
    return std::nullopt;
}

std::optional<std::uint16_t> TemplateParser::fail(std::string_view reason) {
    fault_ = reason;
    rest_ = {};
    return std::nullopt;
}

std::optional<std::uint16_t> TemplateParser::next() {
    fields_.clear();
    if (rest_.size() < 4) return std::nullopt;  // padding
    auto const id = load16(rest_.data());
    std::size_t const count = load16(rest_.data() + 2);
    if (id == 0 && count == 0) {
        bool const is_padding = std::all_of(rest_.begin(), rest_.end(), [](std::byte b) { return b == std::byte{0}; });
        return is_padding ? std::nullopt : fail(bad_id);
    }
    bool const is_ipfix = protocol_ == ExportProtocol::ipfix;
    if (is_ipfix && count == 0) {
        bool const names_all = id == (kind_ == TemplateKind::data ? 2 : 3);
        if (id < least_template_id && !names_all) return fail(bad_id);
        rest_ = rest_.subspan(4);
        return id;
    }
    if (id < least_template_id) return fail(bad_id);
    if (!is_ipfix && kind_ == TemplateKind::options) return next_of_netflow9_options();
    std::size_t const head = kind_ == TemplateKind::options ? 6 : 4;
    if (rest_.size() < head) return fail(cut_short);
    std::size_t const scopes = kind_ == TemplateKind::options ? load16(rest_.data() + 4) : 0;
    rest_ = rest_.subspan(head);
    if (count == 0) return fail(no_fields);
    if (!take_fields(count, scopes)) return fail(cut_short);
    return id;
}

/// RFC 3954 §6.1: scope and options are measured in bytes.
std::optional<std::uint16_t> TemplateParser::next_of_netflow9_options() {
    constexpr std::size_t head = 6;
    if (rest_.size() < head) return fail(cut_short);
    auto const id = load16(rest_.data());
    std::size_t const scopes = load16(rest_.data() + 2);
    std::size_t const options = load16(rest_.data() + 4);
    rest_ = rest_.subspan(head);
    if (scopes + options == 0) return fail(no_fields);
    if (scopes % specifier_length != 0 || options % specifier_length != 0) return fail(cut_short);
    if (!take_fields((scopes + options) / specifier_length, scopes / specifier_length)) return fail(cut_short);
    return id;
}

bool TemplateParser::take_fields(std::size_t count, std::size_t scopes) {
    if (count * specifier_length > rest_.size()) return false;
    fields_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!take_field(i < scopes ? TemplateField::Origin::scope : TemplateField::Origin::iana)) return false;
    }
    return true;
}

bool TemplateParser::take_field(TemplateField::Origin origin) {
    if (rest_.size() < specifier_length) return false;
    TemplateField field{load16(rest_.data()), load16(rest_.data() + 2), origin};
    rest_ = rest_.subspan(specifier_length);
    if (protocol_ == ExportProtocol::ipfix && (field.element & enterprise_bit) != 0) {
        constexpr std::size_t enterprise_length = 4;
        if (rest_.size() < enterprise_length) return false;
        rest_ = rest_.subspan(enterprise_length);
        field.origin = TemplateField::Origin::enterprise;
    }
    fields_.push_back(field);
    return true;
}

}  // namespace kula::formats
