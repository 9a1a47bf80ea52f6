#include "export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "field_choice.hpp"
#include "formats/csv.hpp"
#include "reply.hpp"

namespace kula::api {
namespace {

constexpr std::string_view page_length = "500";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view api_root = "/api/v1/";

std::string text_of(Json const& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    bool const is_plain_list = value.is_array() && std::none_of(value.begin(), value.end(),
                                                                [](Json const& one) { return one.is_structured(); });
    if (!is_plain_list) return written(value);
    std::string out;
    for (auto const& one : value) {
        if (!out.empty()) out.push_back(' ');
        out += text_of(one);
    }
    return out;
}

std::string cell(Json const& value) {
    auto text = text_of(value);
    return formats::csv_field(value.is_number() ? text : formats::guarded_from_spreadsheets(std::move(text)));
}

std::string csv_head(std::vector<std::string> const& columns) {
    return fmt::format("{}{}\r\n", byte_order_mark, fmt::join(columns, ","));
}

/// The same list from another place on.
net::Request page_request(net::Request request, Json const& cursor) {
    request.query.push_back({"limit", std::string(page_length)});
    if (!cursor.is_null()) request.query.push_back({"cursor", cursor.get<std::string>()});
    return request;
}

Json parse_page(net::Response const& response) {
    auto const* const body = std::get_if<std::string>(&response.body);
    if (response.status != net::Status::ok || body == nullptr)
        throw std::runtime_error(fmt::format("a page was answered {}", net::number(response.status)));
    return Json::parse(*body);
}

/// What is left of an export.
class Rest {
public:
    Rest(net::Request request, net::Handler page, ExportForm form, std::vector<std::string> columns, Json first)
        : request_(std::move(request)),
          page_(std::move(page)),
          form_(form),
          columns_(std::move(columns)),
          present_(std::move(first)) {
        if (form_ == ExportForm::csv) begun_ = csv_head(columns_);
    }
    std::optional<std::string> next() {
        if (is_read_) {
            if (cursor_.is_null()) return std::nullopt;
            present_ = parse_page(page_(page_request(request_, cursor_)));
        }
        auto out = std::exchange(begun_, {});
        for (auto const& item : present_.at("items")) out += export_line(form_, columns_, item);
        cursor_ = present_.at("next");
        present_ = nullptr;
        is_read_ = true;
        return out;
    }

private:
    net::Request request_;
    net::Handler page_;
    ExportForm form_;
    std::vector<std::string> columns_;
    std::string begun_{};
    Json present_;
    Json cursor_ = nullptr;
    bool is_read_ = false;  ///< The present page.
};

std::string file_name(net::Request const& request, ExportForm form) {
    auto name = request.path.substr(api_root.size());
    std::replace(name.begin(), name.end(), '/', '-');
    return name + (form == ExportForm::csv ? ".csv" : ".jsonl");
}

}  // namespace

std::optional<ExportForm> export_form(net::Request const& request, OperationRule const& rule) {
    if (!rule.exports || request.method == net::Method::head) return std::nullopt;
    auto accept = request.header("Accept").value_or("");
    accept = accept.substr(0, accept.find_first_of(",; "));
    if (accept == "text/csv") return ExportForm::csv;
    if (accept == "application/jsonl" || accept == "application/x-ndjson") return ExportForm::jsonl;
    return std::nullopt;
}

std::string export_line(ExportForm form, std::vector<std::string> const& columns, Json const& item) {
    std::string out;
    if (form == ExportForm::jsonl) {
        Json line = Json::object();
        for (auto const& column : columns) {
            if (auto const member = item.find(column); member != item.end()) line[column] = *member;
        }
        return written(line) + '\n';
    }
    for (auto const& column : columns) {
        if (!out.empty() || &column != &columns.front()) out.push_back(',');
        auto const member = item.find(column);
        if (member != item.end()) out += cell(*member);
    }
    return out + "\r\n";
}

bool Exporter::is_red(std::string_view filter, std::string const& value, base::Clearance const& clearance) const {
    if (filter == "source") {
        auto const sources = indicators_.sources(clearance);
        return !sources || std::any_of(sources->begin(), sources->end(), [&value](auto const& source) {
            return source.name == value && source.marking.tlp == base::Tlp::red;
        });
    }
    auto const found = indicators_.find(value, clearance);
    if (found) return found->marking.tlp == base::Tlp::red;
    return found.error().fault != base::Fault::not_found && found.error().fault != base::Fault::invalid;
}

/// For the trail: which list, in which form, by what filters. A text that was searched for may be a part of what only
/// some may read: the trail says that there was one.
journal::Fact Exporter::fact_of(net::Request const& request, base::Clearance const& clearance, ExportForm form,
                                std::vector<std::string> const& columns) const {
    Json filters = Json::object();
    for (auto const& [name, value] : request.query) {
        if (name == "search") {
            filters[name] = true;
        } else if (name != "fields") {
            filters[name] = is_red(name, value, clearance) ? "TLP:RED" : value;
        }
    }
    Json const told{{"form", form == ExportForm::csv ? "csv" : "jsonl"}, {"filters", filters}, {"fields", columns}};
    return {"list.exported", "list:" + request.path.substr(api_root.size()), {}, written(told)};
}

net::Response Exporter::answer(net::Request const& request, Caller const& caller, OperationRule const& rule,
                               ExportForm form, net::Handler const& first, net::Handler page) const {
    auto const choice = FieldChoice::of(request, rule);
    if (!choice) return refusal(choice.error());
    for (auto const* name : {"limit", "cursor"}) {
        if (request.query_value(name)) return refusal({{name, "an export is the whole list"}});
    }
    auto const columns = choice->is_everything() ? words(rule.fields, ' ') : choice->chosen();
    auto asked = FieldChoice::without(request);
    auto begun = first(page_request(asked, nullptr));
    if (begun.status != net::Status::ok) return begun;
    auto const recorded = journal_.record(caller.actor, fact_of(request, caller.actor.clearance, form, columns));
    if (!recorded) return refusal(recorded.error());

    auto response = net::content(form == ExportForm::csv ? "text/csv; charset=utf-8" : "application/jsonl", "");
    response.headers.set("Content-Disposition", "attachment; filename=\"" + file_name(request, form) + "\"");
    response.headers.set("Vary", "Accept");
    auto const rest = std::make_shared<Rest>(std::move(asked), std::move(page), form, columns, parse_page(begun));
    response.body = net::Parts{[rest] { return rest->next(); }};
    return response;
}

}  // namespace kula::api
