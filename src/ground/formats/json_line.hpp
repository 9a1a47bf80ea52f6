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

/// Text of a string, a number or a truth value; of anything else empty, and not null where it is there at all.
/// False where the JSON is broken.
inline bool read_text(simdjson::ondemand::value& value, std::string_view& text) {
    using Type = simdjson::ondemand::json_type;
    Type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    if (type == Type::string) return value.get_string().get(text) == simdjson::SUCCESS;
    if (type != Type::number && type != Type::boolean) return true;
    text = value.raw_json_token();
    auto const last = text.find_last_not_of(" \t\r\n");
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    return true;
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

/// Calls `visit(value)` for every element; false as above. A value that is no array has no elements.
template <class Visit>
bool for_each_element(simdjson::ondemand::value& value, Visit&& visit) {
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    if (type != simdjson::ondemand::json_type::array) return true;
    simdjson::ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return false;
    for (auto element : array) {
        simdjson::ondemand::value inner;
        if (element.get(inner) != simdjson::SUCCESS || !visit(inner)) return false;
    }
    return true;
}

}  // namespace kula::formats
