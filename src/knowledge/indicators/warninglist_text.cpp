#include "warninglist_text.hpp"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "json_text.hpp"

namespace kula::indicators {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_name = 500;

// Some lists write it as text.
std::int64_t version_of(Json const& list) {
    auto const found = list.find("version");
    if (found == list.end()) return 1;
    if (found->is_number_integer()) return found->get<std::int64_t>();
    std::int64_t version = 1;
    auto const text = text_of(list, "version");
    std::from_chars(text.data(), text.data() + text.size(), version);
    return version;
}

base::Result<WarninglistType> type_of(Json const& list) {
    auto const found = list.find("type");
    if (found == list.end()) return WarninglistType::string;
    auto const& type = found->is_array() && !found->empty() ? found->front() : *found;
    for (auto const known : {WarninglistType::string, WarninglistType::cidr, WarninglistType::hostname,
                             WarninglistType::substring, WarninglistType::regex}) {
        if (type.is_string() && type.get<std::string>() == to_text(known)) return known;
    }
    return base::invalid("type is none of string, cidr, hostname, substring, regex");
}

void add(Kinds& kinds, std::initializer_list<Kind> more) {
    for (auto const kind : more) kinds.set(static_cast<std::size_t>(kind));
}

// MISP's attribute types (misp-objects, describeTypes.json); those of things that are no indicators here say nothing.
void add_attribute(Kinds& kinds, std::string_view type) {
    auto const either = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), type) != names.end();
    };
    if (type == "ALL") kinds.set();
    if (either({"ip-src", "ip-dst", "ip-src|port", "ip-dst|port", "domain|ip"})) {
        add(kinds, {Kind::address, Kind::prefix, Kind::range});
    }
    if (either({"domain", "hostname", "hostname|port", "domain|ip"})) add(kinds, {Kind::domain});
    if (either({"url", "uri", "link"})) add(kinds, {Kind::url});
    if (type == "AS") add(kinds, {Kind::as_number});
    if (either({"md5", "filename|md5"})) add(kinds, {Kind::md5});
    if (either({"sha1", "filename|sha1"})) add(kinds, {Kind::sha1});
    if (either({"sha256", "filename|sha256"})) add(kinds, {Kind::sha256});
    if (type == "malware-sample") add(kinds, {Kind::md5});
}

Kinds kinds_of(Json const& list) {
    Kinds kinds;
    auto const found = list.find("matching_attributes");
    if (found == list.end() || !found->is_array() || found->empty()) return kinds.set();
    for (auto const& type : *found) {
        if (type.is_string()) add_attribute(kinds, type.get_ref<std::string const&>());
    }
    return kinds;
}

char closing_of(char delimiter) {
    switch (delimiter) {
        case '(': return ')';
        case '[': return ']';
        case '{': return '}';
        case '<': return '>';
        default: return delimiter;
    }
}

}  // namespace

base::Result<WarninglistText> parse_warninglist(std::string_view json) {
    auto list = Json::parse(json, nullptr, false);
    if (list.is_discarded()) return base::invalid("is no JSON");
    if (!list.is_object()) return base::invalid("is no JSON object");
    WarninglistText out;
    out.about.name = text_of(list, "name");
    if (out.about.name.empty() || out.about.name.size() > longest_name) return base::invalid("has no name");
    out.about.description = text_of(list, "description");
    out.about.version = version_of(list);
    auto const type = type_of(list);
    if (type.has_error()) return type.error();
    out.about.type = *type;
    out.kinds = kinds_of(list);
    auto const entries = list.find("list");
    if (entries == list.end()) return base::invalid("has no list");
    if (entries->is_array()) {
        for (auto& entry : *entries) {
            if (entry.is_string()) out.entries.push_back(std::move(entry.get_ref<std::string&>()));
        }
    } else if (entries->is_object()) {  // MISP also writes entry: comment.
        for (auto const& [entry, comment] : entries->items()) out.entries.push_back(entry);
    } else {
        return base::invalid("has no list");
    }
    return out;
}

base::Result<std::string> expression_of(std::string_view php) {
    if (php.empty()) return base::invalid("is empty");
    bool const plain = std::isalnum(static_cast<unsigned char>(php.front())) != 0 || php.front() == '\\' ||
                       php.front() == '^' || php.front() == '.';
    if (plain) return std::string(php);
    auto const end = php.rfind(closing_of(php.front()));
    if (end == 0 || end == std::string_view::npos) return base::invalid("has no closing delimiter");
    std::string flags;
    bool anchored = false;
    for (auto const flag : php.substr(end + 1)) {
        if (flag == 'i' || flag == 'm' || flag == 's' || flag == 'U') {
            flags += flag;
        } else if (flag == 'A') {
            anchored = true;
        } else if (flag != 'u' && flag != 'D' && flag != 'S' && flag != '\n') {
            return base::invalid(std::string("has the flag ") + flag + ", which is not known here");
        }
    }
    std::string out;
    if (!flags.empty()) out += "(?" + flags + ")";
    if (anchored) out += "\\A";
    out += anchored ? "(?:" + std::string(php.substr(1, end - 1)) + ")" : std::string(php.substr(1, end - 1));
    return out;
}

}  // namespace kula::indicators
