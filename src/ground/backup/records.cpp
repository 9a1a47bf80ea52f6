#include "records.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/must.hpp"

namespace kula::backup {
namespace {

using Json = nlohmann::json;

constexpr std::size_t head_size = 5;
constexpr std::size_t longest_name = 1024;
constexpr std::array<std::pair<PartKind, std::string_view>, 4> kinds{{{PartKind::table, "table"},
                                                                      {PartKind::file, "file"},
                                                                      {PartKind::configuration, "configuration"},
                                                                      {PartKind::secret_key, "secret_key"}}};

std::string record(char letter, std::string_view body) {
    base::must(body.size() <= longest_piece, "a record is at most 1 MiB");
    std::string out(1, letter);
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((body.size() >> shift) & 0xff);
    return out.append(body);
}

std::size_t length_in(std::string_view head) {
    std::size_t out = 0;
    for (std::size_t i = 1; i < head_size; ++i) out = out << 8 | static_cast<unsigned char>(head[i]);
    return out;
}

std::string_view name_of(PartKind kind) {
    return std::find_if(kinds.begin(), kinds.end(), [kind](auto const& known) { return known.first == kind; })->second;
}

/// A path that stays where it is put.
bool is_safe_path(std::string_view path) {
    if (path.empty() || path.size() > longest_name || path.find('\0') != path.npos) return false;
    while (true) {
        auto const end = path.find('/');
        auto const step = path.substr(0, end);
        if (step.empty() || step == "." || step == ".." || step.size() > 255) return false;
        if (end == path.npos) return true;
        path.remove_prefix(end + 1);
    }
}

base::Error broken(std::string const& what) { return base::invalid("is damaged: " + what); }

/// Reads JSON as `read` says; what is not as it should be is one fault.
template <class Read>
auto parsed(std::string_view body, std::string const& what, Read const& read) -> base::Result<decltype(read(Json()))> {
    try {
        return read(Json::parse(body));
    } catch (Json::exception const&) {
        return broken(what + " cannot be read");
    }
}

base::Result<Opening> opening_of(std::string_view body) {
    return parsed(body, "the opening", [](Json const& json) {
        Opening out;
        out.program = json.at("kula").get<std::string>();
        out.made_at = base::parse_instant(json.at("made_at").get<std::string>()).value_or(base::Instant{});
        out.database = json.at("database").get<std::string>() == "postgresql" ? storage::Dialect::postgresql
                                                                              : storage::Dialect::sqlite;
        out.has_configuration = json.at("holds").at("configuration").get<bool>();
        out.has_secret_key = json.at("holds").at("secret_key").get<bool>();
        for (auto const& script : json.at("schema")) {
            out.schema.push_back({script.at("room").get<std::string>(), script.at("name").get<std::string>(),
                                  script.at("checksum").get<std::string>()});
        }
        return out;
    });
}

std::int64_t line_ends(std::string_view text) { return std::count(text.begin(), text.end(), '\n'); }

}  // namespace

std::string opening_record(Opening const& opening) {
    Json schema = Json::array();
    for (auto const& script : opening.schema)
        schema.push_back({{"room", script.room}, {"name", script.name}, {"checksum", script.checksum}});
    bool const is_sqlite = opening.database == storage::Dialect::sqlite;
    return record(
        'O', Json{{"kula", opening.program},
                  {"made_at", base::to_text(opening.made_at)},
                  {"database", is_sqlite ? "sqlite" : "postgresql"},
                  {"holds", {{"configuration", opening.has_configuration}, {"secret_key", opening.has_secret_key}}},
                  {"schema", std::move(schema)}}
                 .dump());
}

std::string part_record(Part const& part) {
    Json json{{"kind", name_of(part.kind)}, {"name", part.name}};
    if (part.kind == PartKind::table) json["columns"] = part.columns;
    return record('P', json.dump());
}

std::string piece_record(std::string_view bytes) { return record('D', bytes); }

std::string sum_record(PartSum const& sum) {
    return record('E', Json{{"bytes", sum.bytes}, {"rows", sum.rows}, {"sha256", sum.sha256}}.dump());
}

void Total::add(std::string_view sum) {
    digest_.add(sum);
    ++parts_;
}

std::string Total::record() {
    return backup::record('Z', Json{{"parts", parts_}, {"sha256", seals::hex(digest_.finish())}}.dump());
}

base::Result<void> RecordReader::take(std::string_view bytes) {
    if (is_over() && !bytes.empty()) return broken("something follows its end");
    waiting_ += bytes;
    std::size_t at = 0;
    while (waiting_.size() - at >= head_size) {
        auto const head = std::string_view(waiting_).substr(at, head_size);
        auto const length = length_in(head);
        if (length > longest_piece) return broken("a record is longer than any");
        if (waiting_.size() - at - head_size < length) break;
        if (is_over()) return broken("something follows its end");
        auto const taken = take_record(head.front(), std::string_view(waiting_).substr(at + head_size, length));
        if (!taken) return taken;
        at += head_size + length;
    }
    waiting_.erase(0, at);
    if (is_over() && !waiting_.empty()) return broken("something follows its end");
    return {};
}

base::Result<void> RecordReader::take_record(char letter, std::string_view body) {
    if (letter == 'O' && state_ == State::opening) {
        auto const opening = opening_of(body);
        if (!opening) return opening.error();
        state_ = State::between;
        return visitor_.open(*opening);
    }
    if (letter == 'P' && state_ == State::between) return begin_part(body);
    if (letter == 'D' && state_ == State::within) {
        digest_.add(body);
        bytes_ += static_cast<std::int64_t>(body.size());
        if (kind_ == PartKind::table) rows_ += line_ends(body);
        return visitor_.add(body);
    }
    if (letter == 'E' && state_ == State::within) return end_part(body);
    if (letter == 'Z' && state_ == State::between) {
        if (record('Z', body) != total_.record()) return broken("its parts are not those that were put in");
        state_ = State::over;
        return {};
    }
    return broken("a record stands where it does not belong");
}

base::Result<void> RecordReader::begin_part(std::string_view body) {
    auto const part = parsed(body, "the head of a part", [](Json const& json) {
        Part out;
        auto const told = json.at("kind").get<std::string>();
        auto const kind =
            std::find_if(kinds.begin(), kinds.end(), [&](auto const& known) { return known.second == told; });
        if (kind == kinds.end()) json.at("no such kind");
        out.kind = kind->first;
        out.name = json.at("name").get<std::string>();
        if (out.kind == PartKind::table) out.columns = json.at("columns").get<std::vector<std::string>>();
        return out;
    });
    if (!part) return part.error();
    bool const is_flat = part->kind != PartKind::file;
    if (!is_safe_path(part->name) || (is_flat && part->name.find('/') != std::string::npos))
        return broken("the name of a part leads elsewhere");
    state_ = State::within;
    kind_ = part->kind;
    bytes_ = rows_ = 0;
    return visitor_.begin(*part);
}

base::Result<void> RecordReader::end_part(std::string_view body) {
    PartSum const sum{bytes_, rows_, seals::hex(digest_.finish())};
    auto const own = sum_record(sum);
    if (record('E', body) != own) return broken("a part is not what was put in");
    total_.add(own);
    state_ = State::between;
    return visitor_.end(sum);
}

}  // namespace kula::backup
