#include "field_choice.hpp"

#include <algorithm>

#include "json.hpp"
#include "reply.hpp"

namespace kula::api {
namespace {

constexpr std::string_view parameter = "fields";
constexpr std::size_t longest_choice = 1000;

Json reduced(Json const& record, std::vector<std::string> const& chosen) {
    Json out = Json::object();
    for (auto const& name : chosen) {
        if (auto const member = record.find(name); member != record.end()) out[name] = *member;
    }
    return out;
}

}  // namespace

std::vector<std::string> words(std::string_view text, char parted_by) {
    std::vector<std::string> out;
    while (!text.empty()) {
        auto const end = std::min(text.find(parted_by), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

base::Result<FieldChoice> FieldChoice::of(net::Request const& request, OperationRule const& rule) {
    FieldChoice choice;
    choice.of_ = rule.fields_of;
    auto const told = request.query_values(parameter);
    if (told.empty() || rule.fields.empty()) return choice;
    if (told.size() > 1) return base::invalid("fields: must stand there once");
    if (told.front().empty() || told.front().size() > longest_choice)
        return base::invalid("fields: must be 1 to 1,000 characters");
    auto const known = words(rule.fields, ' ');
    auto const wanted = words(told.front(), ',');
    for (auto const& name : wanted) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            return base::invalid("fields: there is no field " + name + " here");
    }
    std::copy_if(known.begin(), known.end(), std::back_inserter(choice.chosen_), [&](std::string const& name) {
        return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    });
    return choice;
}

net::Request FieldChoice::without(net::Request request) {
    auto& query = request.query;
    query.erase(std::remove_if(query.begin(), query.end(), [](auto const& one) { return one.name == parameter; }),
                query.end());
    return request;
}

net::Response FieldChoice::apply(net::Response response) const {
    auto* const body = std::get_if<std::string>(&response.body);
    if (is_everything() || response.status != net::Status::ok || body == nullptr) return response;
    auto json = Json::parse(*body, nullptr, false);
    if (of_ == FieldsOf::answer) {
        json = reduced(json, chosen_);
    } else {
        for (auto& item : json.at("items")) item = reduced(item, chosen_);
    }
    *body = written(json);
    return response;
}

}  // namespace kula::api
