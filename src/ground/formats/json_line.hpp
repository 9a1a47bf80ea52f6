#pragma once
/// @file
/// One JSON object a line, read forwards with simdjson. Included only where JSON logs are read. Pure; one thread at a
/// time.

#include <simdjson.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace kula::formats {

class JsonLine {
public:
    /// Begins to read `line`, behind which `readable` bytes (its own included) may be read. The texts of its values
    /// live until the next line is begun, and no longer than `line`.
    bool begin(std::string_view line, std::size_t readable, simdjson::ondemand::object& object) {
        if (readable < line.size() + simdjson::SIMDJSON_PADDING) readable = pad(line);
        auto fault = iterate(line, readable);
        if (fault == simdjson::UTF8_ERROR) {
            repaired_ = with_bytes_as_letters(line);
            line = repaired_;
            readable = pad(line);
            fault = iterate(line, readable);
        }
        return fault == simdjson::SUCCESS && document_.get_object().get(object) == simdjson::SUCCESS;
    }
    /// Whether nothing stands behind the object, once all its fields are read.
    bool is_at_end() { return document_.current_location().error() == simdjson::OUT_OF_BOUNDS; }

private:
    simdjson::error_code iterate(std::string_view line, std::size_t readable) {
        return parser_.iterate(simdjson::padded_string_view(line.data(), line.size(), readable)).get(document_);
    }
    /// Copies the line to where enough bytes follow it; how many may be read there.
    std::size_t pad(std::string_view& line) {
        if (padded_.size() < line.size() + simdjson::SIMDJSON_PADDING) {
            padded_.resize(line.size() * 2 + simdjson::SIMDJSON_PADDING);
        }
        std::memcpy(padded_.data(), line.data(), line.size());
        // simdjson looks at the byte behind: where it is a brace, broken lines are told apart in another way.
        std::memset(padded_.data() + line.size(), '\n', simdjson::SIMDJSON_PADDING);
        line = {padded_.data(), line.size()};
        return padded_.size();
    }
    /// Loggers pass on what a peer sent. A byte that is no UTF-8 becomes the Latin-1 letter of its number, so that the
    /// line can be read and the byte is not lost.
    static std::string with_bytes_as_letters(std::string_view line) {
        std::string out;
        out.reserve(line.size() * 2);
        for (std::size_t at = 0; at < line.size();) {
            auto const length = sequence_length(line.substr(at, 4));
            if (length > 0) {
                out.append(line.substr(at, length));
                at += length;
            } else {
                auto const byte = static_cast<unsigned char>(line[at++]);
                out += static_cast<char>(0xc0 | byte >> 6);
                out += static_cast<char>(0x80 | (byte & 0x3f));
            }
        }
        return out;
    }
    /// Of the UTF-8 sequence at the front; 0 where none begins.
    static std::size_t sequence_length(std::string_view text) {
        for (std::size_t length = 1; length <= text.size(); ++length) {
            if (simdjson::validate_utf8(text.data(), length)) return length;
        }
        return 0;
    }

    simdjson::ondemand::parser parser_;
    simdjson::ondemand::document document_;
    std::vector<char> padded_;
    std::string repaired_;
};

/// A string, number, truth value or null as it stands, without blanks.
inline std::string_view token_of(simdjson::ondemand::value& value) {
    std::string_view const token = value.raw_json_token();
    auto const last = token.find_last_not_of(" \t\r\n");
    return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// RFC 8259 §6.
inline bool is_json_number(std::string_view text) {
    auto const digits = [&text] {
        auto const length = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(length);
        return length > 0;
    };
    auto const skip = [&text](std::string_view any_of) {
        bool const is_there = !text.empty() && any_of.find(text.front()) != std::string_view::npos;
        if (is_there) text.remove_prefix(1);
        return is_there;
    };
    skip("-");
    bool const is_zero = skip("0");
    if (!is_zero && !digits()) return false;
    if (skip(".") && !digits()) return false;
    if (skip("eE")) {
        skip("+-");
        if (!digits()) return false;
    }
    return text.empty();
}

/// Calls `visit(key, value)` for every field; false where the JSON is broken or `visit` says false.
template <class Visit>
bool for_each_field(simdjson::ondemand::object& object, Visit&& visit) {
    for (auto field : object) {
        std::string_view key;
        simdjson::ondemand::value value;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS) {
            return false;
        }
        if (!visit(key, value)) return false;
    }
    return true;
}

bool is_sound(simdjson::ondemand::value& value);

/// The fields of a value that is an object; of one that is not, whether it is sound.
template <class Visit>
bool for_each_field_of(simdjson::ondemand::value& value, Visit&& visit) {
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    if (type != simdjson::ondemand::json_type::object) return is_sound(value);
    simdjson::ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS && for_each_field(object, visit);
}

/// Calls `visit(value)` for every element; false where the JSON is broken or `visit` says false. A value that is no
/// array has no elements.
template <class Visit>
bool for_each_element(simdjson::ondemand::value& value, Visit&& visit) {
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    if (type != simdjson::ondemand::json_type::array) return is_sound(value);
    simdjson::ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return false;
    for (auto element : array) {
        simdjson::ondemand::value inner;
        if (element.get(inner) != simdjson::SUCCESS || !visit(inner)) return false;
    }
    return true;
}

/// For a value that nobody asks for: whether it is JSON all the way down. simdjson passes over what is not read. What a
/// string escapes is left unread, because loggers escape what a peer sent.
inline bool is_sound(simdjson::ondemand::value& value) {
    using Type = simdjson::ondemand::json_type;
    Type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    switch (type) {
        case Type::object:
            return for_each_field_of(value, [](std::string_view, auto& inner) { return is_sound(inner); });
        case Type::array: return for_each_element(value, [](auto& inner) { return is_sound(inner); });
        case Type::string: return value.get_raw_json_string().error() == simdjson::SUCCESS;
        case Type::number: return is_json_number(token_of(value));
        case Type::boolean: return token_of(value) == "true" || token_of(value) == "false";
        case Type::null: return token_of(value) == "null";
    }
    return false;
}

/// Text of a string, a number or a truth value; of anything else empty, and not null where it is there at all.
/// False where the JSON is broken.
inline bool read_text(simdjson::ondemand::value& value, std::string_view& text) {
    using Type = simdjson::ondemand::json_type;
    Type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    if (type == Type::string) return value.get_string().get(text) == simdjson::SUCCESS;
    if (type == Type::number || type == Type::boolean) text = token_of(value);
    return is_sound(value);
}

}  // namespace kula::formats
