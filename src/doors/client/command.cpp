#include "command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "body.hpp"
#include "problem.hpp"
#include "schema.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

constexpr std::size_t largest_body = 256u * 1024 * 1024;

/// By the file's name, as far as the operation takes it; otherwise the first that it takes.
std::string type_of(std::string const& file, Operation const& operation) {
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".csv", "text/csv"}, {".json", "application/json"}, {".txt", "text/plain"}, {".jsonl", "application/jsonl"}};
    auto const& taken = operation.body_types;
    for (auto const& [end, type] : types)
        if (file.ends_with(end) && std::find(taken.begin(), taken.end(), type) != taken.end()) return std::string(type);
    return taken.front();
}

}  // namespace

std::string query_text(std::vector<std::pair<std::string, std::string>> const& query) {
    std::string text;
    for (auto const& [name, value] : query) {
        text += text.empty() ? '?' : '&';
        text += net::percent_encoded(name) + '=' + net::percent_encoded(value);
    }
    return text;
}

Command::Command(Contract const& contract, Invocation const& invocation, Surroundings const& surroundings,
                 Asking asking)
    : contract_(contract), invocation_(invocation), surroundings_(surroundings), asking_(std::move(asking)) {}

int Command::run() {
    if (invocation_.kind == Invocation::Kind::raw) return raw();
    auto const& operation = *invocation_.operation;
    if (operation.answer_type == "text/event-stream") return watch();
    if (!operation.rows.empty()) return list();
    if (operation.method == "GET" && operation.answer_type != "application/json") return pass_on();
    return read_or_change();
}

net::ClientRequest Command::request(Operation const& operation) const {
    net::ClientRequest asked;
    asked.method = *parse_method(operation.method);
    asked.target.clear();
    auto id = invocation_.ids.begin();
    for (std::string_view rest = operation.path; !rest.empty();) {
        auto const begin = std::min(rest.find('{'), rest.size());
        asked.target += rest.substr(0, begin);
        rest.remove_prefix(begin);
        if (rest.empty()) break;
        asked.target += net::percent_encoded(*id++);
        rest.remove_prefix(std::min(rest.find('}') + 1, rest.size()));
    }
    if (operation.answer_type == "application/json") asked.headers.set("Accept", "application/json");
    return asked;
}

base::Result<std::string> Command::input(std::string const& from) const {
    if (from == "-") return surroundings_.in();
    std::error_code fault;
    if (std::filesystem::file_size(from, fault) > largest_body && !fault)
        return base::invalid(from + " is larger than 256 MiB");
    std::ifstream file(from, std::ios::binary);
    std::ostringstream content;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(content << file.rdbuf())))
        return base::unavailable(from + " cannot be read");
    return std::move(content).str();
}

int Command::list() {
    auto const& operation = *invocation_.operation;
    auto const& options = invocation_.options;
    auto const chosen = columns();
    if (!chosen) return tell(chosen.error(), wrong_usage);
    auto const writer = row_writer(format(), *chosen, !options.columns.empty(), surroundings_.width,
                                   [this](std::string_view bytes) { return write(bytes); });
    auto const most = options.limit.value_or(options.all ? UINT64_MAX : 0);  // 0: one page.
    auto const* const page_size = operation.parameter(Parameter::Place::query, "limit");
    static Json const no_schema;
    auto const& largest = member(page_size ? page_size->schema : no_schema, "maximum");
    std::uint64_t const largest_page = largest.is_number_unsigned() ? largest.get<std::uint64_t>() : 100;
    std::uint64_t rows = 0;
    std::string next;
    for (bool is_first = true; is_first || !next.empty(); is_first = false) {
        auto query = invocation_.query;
        if (!next.empty()) {
            std::erase_if(query, [](auto const& one) { return one.first == "cursor"; });
            query.emplace_back("cursor", next);
        }
        if (page_size && most > 0) query.emplace_back("limit", std::to_string(std::min(largest_page, most - rows)));
        auto asked = request(operation);
        asked.target += query_text(query);
        auto const answer = asking_.ask(asked);
        if (!answer) return tell(answer.error(), unreachable);
        if (!answer->is_good()) return refused(*answer);
        auto const page = Json::parse(answer->body, nullptr, false);
        auto const& listed = member(page, operation.rows);
        if (!listed.is_array())
            return tell(base::unavailable("the answer is no list: is this a server of Kula?"), failed);
        for (auto const& record : listed) {
            if (most > 0 && rows == most) break;
            ++rows;
            if (!writer->row(record)) return failed;
        }
        auto before = std::exchange(next, text_of(page, "next"));
        if (!next.empty() && next == before) return tell(base::unavailable("the server's pages do not end"), failed);
        if (most == 0 || rows >= most) {
            auto const& total = member(page, "total");
            if (most == 0 && !next.empty())
                say(total.is_number() ? fmt::format("{} of {} rows; --all for every one", rows, total.dump())
                                      : fmt::format("the first {} rows; --all for every one", rows));
            break;
        }
    }
    if (!writer->end()) return failed;
    if (auto const left_out = writer->left_out(); !left_out.empty())
        say(fmt::format("no room for {}; choose with --columns", fmt::join(left_out, ", ")));
    return done;
}

int Command::pass_on() {
    auto asked = request(*invocation_.operation);
    asked.target += query_text(invocation_.query);
    auto const answer = asking_.ask(asked, [this](std::string_view bytes) { return write(bytes); });
    if (!answer) return tell(answer.error(), unreachable);
    return answer->is_good() ? ending_ : refused(*answer);
}

int Command::read_or_change() {
    auto const& operation = *invocation_.operation;
    auto asked = request(operation);
    asked.target += query_text(invocation_.query);
    if (!operation.body_types.empty()) {
        if (auto const added = add_body(asked); !added)
            return ending_ != done ? ending_ : tell(added.error(), wrong_usage);
    }
    if (operation.parameter(Parameter::Place::header, "If-Match")) {
        if (auto const added = add_version(asked); !added)
            return ending_ != done ? ending_ : tell(added.error(), wrong_usage);
    }
    if (operation.method == "POST") {
        base::SystemClock const clock;
        asked.headers.set("Idempotency-Key", base::Uuid::v7(clock.now()).text());
    }
    // The contract wants one of every change, which tells it from what a foreign page's form can send.
    if (operation.method != "GET" && operation.body_types.empty())
        asked.headers.set("Content-Type", "application/json");
    if (!invocation_.options.reason.empty())
        asked.headers.set("X-Reason", net::percent_encoded(invocation_.options.reason));
    auto const answer = asking_.ask(asked);
    if (!answer) return tell(answer.error(), unreachable);
    return answer->is_good() ? write_answer(*answer) : refused(*answer);
}

base::Result<void> Command::add_body(net::ClientRequest& asked) {
    auto const& operation = *invocation_.operation;
    auto const& options = invocation_.options;
    auto const& from = options.from;
    if (!from.empty()) {
        auto read = input(from);
        if (!read) {
            ending_ = failed;
            tell(read.error(), failed);
            return read.error();
        }
        asked.body = std::move(*read);
    } else if (options.fields.empty()) {
        return base::invalid(operation.takes_file() ? "name the file: --from FILE, or - for standard input"
                                                    : "say what: --from FILE, or --field NAME=VALUE");
    }
    auto const type = options.type.empty() && !from.empty() ? type_of(from, operation) : options.type;
    if (!operation.takes_json() || (operation.takes_file() && type.substr(0, type.find(';')) != "application/json")) {
        if (!options.fields.empty()) return base::invalid("--field means nothing to a file");
        asked.headers.set("Content-Type", type);
        return {};
    }
    asked.headers.set("Content-Type", "application/json");
    return operation.takes_file() ? base::Result<void>() : add_json(asked);
}

base::Result<void> Command::add_json(net::ClientRequest& asked) {
    auto const& operation = *invocation_.operation;
    auto const& options = invocation_.options;
    auto const* const reader = contract_.reader_of(operation);
    bool const is_change = operation.verb == "change" && reader;
    auto body = Json::object();
    if (!options.from.empty()) {
        body = Json::parse(asked.body, nullptr, false);
        if (body.is_discarded()) return base::invalid(options.from + " is no JSON");
    } else if (is_change) {
        auto const* const record = present();
        if (!record) return base::unavailable("the record cannot be read");
        body = Json::parse(record->body, nullptr, false);
    }
    if (is_change) {
        if (auto const& version = member(body, "version"); version.is_number_integer() && !options.from.empty())
            version_of_file_ = '"' + version.dump() + '"';
        body = sendable(body, operation.body_schema, reader->answer_schema);
    }
    if (auto const put = put_fields(body, options.fields, operation.body_schema); !put) return put.error();
    if (!options.fields.empty()) fill_up(body, operation.body_schema);
    asked.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return {};
}

base::Result<void> Command::add_version(net::ClientRequest& asked) {
    auto version = invocation_.options.if_match.empty() ? version_of_file_ : invocation_.options.if_match;
    if (version.empty()) {
        if (!contract_.reader_of(*invocation_.operation))
            return base::invalid("name the version that was read: --if-match ETAG");
        auto const* const record = present();
        if (!record) return base::unavailable("the record cannot be read");
        version = record->headers.find("ETag").value_or("*");
    }
    bool const is_plain = std::all_of(version.begin(), version.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
    if (!is_plain) return base::invalid("--if-match: this is no ETag");
    asked.headers.set("If-Match", version);
    return {};
}

net::ClientAnswer const* Command::present() {
    if (present_) return &*present_;
    auto const* const reader = contract_.reader_of(*invocation_.operation);
    auto answer = asking_.ask(request(*reader));
    if (!answer) {
        ending_ = tell(answer.error(), unreachable);
    } else if (!answer->is_good()) {
        ending_ = refused(*answer);
    } else {
        return &present_.emplace(std::move(*answer));
    }
    return nullptr;
}

int Command::write_answer(net::ClientAnswer const& answer) {
    auto const& operation = *invocation_.operation;
    if (answer.body.empty()) return done;
    if (operation.answer_type != "application/json") return write(answer.body) ? done : failed;
    auto const record = Json::parse(answer.body, nullptr, false);
    if (record.is_discarded())
        return tell(base::unavailable("the answer is no JSON: is this a server of Kula?"), failed);
    auto const chosen = columns();
    if (!chosen) return tell(chosen.error(), wrong_usage);
    bool const is_written = write_record(format(), record, *chosen, !invocation_.options.columns.empty(),
                                         surroundings_.width, [this](std::string_view bytes) { return write(bytes); });
    return is_written ? done : failed;
}

bool Command::write(std::string_view bytes) const {
    // A terminal obeys what it reads: nothing from outside reaches it as it came.
    return surroundings_.width ? surroundings_.out(printable_lines(bytes)) : surroundings_.out(bytes);
}

Format Command::format() const {
    if (auto const told = parse_format(invocation_.options.format)) return *told;
    return surroundings_.width ? Format::table : Format::json;
}

base::Result<std::vector<Column>> Command::columns() const {
    auto const& schema = invocation_.operation->row_schema();
    if (!invocation_.options.columns.empty()) return named_columns(schema, invocation_.options.columns);
    return format() == Format::table ? telling_columns(schema) : all_columns(schema);
}

int Command::tell(base::Error const& error, int ending) const {
    say(error.detail);
    return ending;
}

int Command::refused(net::ClientAnswer const& answer) const {
    say(told(answer, invocation_.operation));
    return ending_of(answer.status);
}

void Command::say(std::string_view sentence) const {
    surroundings_.err(fmt::format("kula api: {}\n", printable_lines(sentence)));
}

}  // namespace kula::client
