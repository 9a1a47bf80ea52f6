#include "formats/zeek.hpp"

#include "json_line.hpp"
#include "line_decoding.hpp"
#include "zeek_header.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view no_header = "line stands before its header";
constexpr std::string_view other_fields = "line has other fields than its header";
constexpr std::string_view log_unknown = "line is of no known log";

}  // namespace

class ZeekDecoder::State {
public:
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        return decode_lines(lines_, teller_, bytes, end, sink,
                            [&](std::string_view line, std::size_t readable) { return read(line, readable, sink); });
    }

private:
    std::string_view read(std::string_view line, std::size_t readable, TrafficSink& sink) {
        auto const begin = line.find_first_not_of(" \t");
        if (begin == std::string_view::npos && !header_.is_ready()) return {};
        if (begin != std::string_view::npos && line[begin] == '{') return read_json(line, readable, sink);
        if (line.empty()) return {};
        if (line.front() == '#') {
            header_.read(line);
            return {};
        }
        if (!header_.is_ready()) return has_json_ ? reasons::not_json : no_header;
        if (header_.is_unknown()) return log_unknown;
        if (header_.log() == ZeekLog::other) return {};
        if (!header_.split(line, fields_)) return other_fields;
        return teller_.tell(header_.log(), fields_, sink);
    }

    std::string_view read_json(std::string_view line, std::size_t readable, TrafficSink& sink) {
        has_json_ = true;
        fields_ = {};
        joined_.clear();
        joined_.reserve(line.size());
        simdjson::ondemand::object object;
        if (!json_.begin(line, readable, object)) return reasons::not_json;
        bool const is_whole = for_each_field(
            object, [this](std::string_view key, simdjson::ondemand::value& value) { return read_field(key, value); });
        if (!is_whole || !json_.is_at_end()) return reasons::not_json;
        auto const path = fields_[ZeekField::path];
        auto const log = path.empty() ? zeek_log_by_fields(fields_) : zeek_log(path);
        return log ? teller_.tell(*log, fields_, sink) : log_unknown;
    }

    bool read_field(std::string_view key, simdjson::ondemand::value& value) {
        auto const field = zeek_field(key);
        if (!field) return key == "id" ? read_id(value) : is_sound(value);
        bool const is_set = *field == ZeekField::senders || *field == ZeekField::receivers ||
                            *field == ZeekField::connections || *field == ZeekField::certificates;
        std::string_view text = there_but_empty;
        if (!(is_set ? read_set(value, text) : read_text(value, text))) return false;
        fields_.set(*field, text);
        return true;
    }

    /// Some shippers nest what Zeek writes as `id.orig_h`.
    bool read_id(simdjson::ondemand::value& value) {
        return for_each_field_of(value, [this](std::string_view key, simdjson::ondemand::value& inner) {
            auto const field = zeek_field(std::string("id.").append(key));
            std::string_view text = there_but_empty;
            if (!field) return is_sound(inner);
            if (!read_text(inner, text)) return false;
            fields_.set(*field, text);
            return true;
        });
    }

    /// Elements joined by commas; none of the sets that are read has commas in its elements.
    bool read_set(simdjson::ondemand::value& value, std::string_view& joined) {
        auto const begin = joined_.size();
        bool const is_sound = for_each_element(value, [&](simdjson::ondemand::value& element) {
            std::string_view text;
            if (!read_text(element, text)) return false;
            if (joined_.size() > begin) joined_ += ',';
            joined_ += text;
            return true;
        });
        joined = std::string_view(joined_).substr(begin);
        return is_sound;
    }

    LineReader lines_;
    ZeekHeader header_;
    ZeekLine fields_;
    ZeekTeller teller_;
    JsonLine json_;
    bool has_json_ = false;
    std::string joined_;  ///< Reserved for the whole line, so that views into it stay good.
};

ZeekDecoder::ZeekDecoder() : state_(std::make_unique<State>()) {}
ZeekDecoder::~ZeekDecoder() = default;

std::size_t ZeekDecoder::consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
    return state_->consume(bytes, end, sink);
}

}  // namespace kula::formats
