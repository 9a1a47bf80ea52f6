#include "answer_page.hpp"

#include <algorithm>

#include "findings/advice.hpp"

namespace kula::portal {
namespace {

using findings::Finding;
using findings::State;

constexpr int longest_reason = 300;  // letters, so that they are below findings::longest_reason in every script

std::string key_of(std::string_view what, State state) { return std::string(what) + std::string(to_text(state)); }

Html place_of(Finding const& finding) {
    auto text = finding.identity.place;
    if (finding.identity.port)
        text += " · " + finding.identity.transport.value_or("") + " " + std::to_string(*finding.identity.port);
    return element("code", text);
}

Html facts_of(Visit const& visit, Finding const& finding) {
    auto const& words = visit.words;
    auto const& advice = findings::advice_for(finding.rsit_class, finding.identity.type, finding.identity.problem);
    return element("span", {{"class", "place"}}, place_of(finding)) +
           element("span", {{"class", "what"}}, advice.title.in(words.language())) +
           element("span", {{"class", "what"}},
                   words("answer.seen_last", {{"date", words.day(finding.last_seen)}}) + " · " +
                       words(key_of("answer.state.", finding.state)));
}

Html list_of(Visit const& visit, rounds::Asked const& asked) {
    bool const is_choice = asked.findings.size() > 1 && asked.findings.size() <= most_choices;
    Html items;
    for (auto const& finding : asked.findings) {
        auto const facts = facts_of(visit, finding);
        if (!is_choice) {
            items += element("li", facts);
            continue;
        }
        auto const box = empty_element(
            "input", {{"type", "checkbox"}, {"name", "finding"}, {"value", finding.id.text()}, {"checked", ""}});
        items += element("li", element("label", box + element("span", facts)));
    }
    auto const list = element("ul", {{"class", "findings"}}, items);
    if (!is_choice) return list;
    return empty_element("input", {{"type", "hidden"}, {"name", "choices"}, {"value", "1"}}) +
           element("fieldset", element("legend", visit.words("answer.which")) + list);
}

Html reason_of(Visit const& visit, AnswerNote note) {
    auto const& words = visit.words;
    std::vector<Attribute> attributes{{"type", "text"},        {"id", "reason"},
                                      {"name", "reason"},      {"maxlength", std::to_string(longest_reason)},
                                      {"autocomplete", "off"}, {"aria-describedby", "reason-hint"}};
    if (note == AnswerNote::reason_needed) attributes.push_back({"aria-invalid", "true"});
    return element("p", {{"class", "field"}},
                   element("label", {{"for", "reason"}}, words("answer.reason")) +
                       element("span", {{"class", "what"}, {"id", "reason-hint"}}, words("answer.reason_hint")) +
                       empty_element("input", attributes));
}

Html buttons_of(Visit const& visit) {
    Html out;
    for (auto const state : rounds::answers) {
        auto const button = element(
            "button",
            {{"type", "submit"}, {"name", "answer"}, {"value", std::string(to_text(state))}, {"class", "button quiet"}},
            visit.words(key_of("answer.say.", state)));
        out +=
            element("li", button + element("span", {{"class", "what"}}, visit.words(key_of("answer.means.", state))));
    }
    return element("ul", {{"class", "answers"}}, out);
}

Html note_of(Visit const& visit, AnswerNote note) {
    auto const& words = visit.words;
    if (note == AnswerNote::none) return {};
    if (note == AnswerNote::thanks)
        return element("p", {{"class", "good"}, {"role", "status"}}, words("answer.thanks"));
    auto const key = note == AnswerNote::reason_needed ? "answer.reason_needed" : "answer.not_understood";
    return element("p", {{"class", "bad"}, {"role", "alert"}}, words(key));
}

Page private_page(std::string_view path, std::string title, Html content) {
    Page page{path, title, title, std::move(content)};
    page.is_private = true;
    return page;
}

}  // namespace

Page answer_page(Visit const& visit, rounds::Asked const& asked, std::string_view path, AnswerNote note) {
    auto const& words = visit.words;
    Html content = element("h1", words("answer.title")) +
                   element("p", {{"class", "lead"}}, words("answer.lead", {{"ticket", asked.ticket}})) +
                   note_of(visit, note);
    if (asked.findings.empty()) {
        content += element("p", words("answer.nothing_left"));
        return private_page(path, words("answer.title"), std::move(content));
    }
    auto const form = list_of(visit, asked) + reason_of(visit, note) + buttons_of(visit);
    content += element("form", {{"method", "post"}, {"action", visit.path(path)}}, form);
    content += element("p", {{"class", "what"}}, words("answer.until", {{"date", words.day(asked.until)}}));
    return private_page(path, words("answer.title"), std::move(content));
}

Page no_answer_page(Visit const& visit, std::string_view path) {
    auto const& words = visit.words;
    Html content = element("h1", words("answer.no_link")) + element("p", words("answer.no_link_lead"));
    if (auto const& email = visit.content().email; !email.empty()) content += element("p", mail_link(email));
    return private_page(path, words("answer.no_link"), std::move(content));
}

std::optional<AnswerForm> answer_form(net::Request const& request) {
    auto const fields = net::form_fields(request);
    if (!fields) return std::nullopt;
    AnswerForm form;
    for (auto const& [name, value] : *fields) {
        if (name == "answer") {
            auto const found = std::find_if(rounds::answers.begin(), rounds::answers.end(),
                                            [&value = value](State state) { return to_text(state) == value; });
            if (found != rounds::answers.end()) form.answer = *found;
        } else if (name == "reason") {
            form.reason = value;
        } else if (name == "choices") {
            form.has_choices = true;
        } else if (name == "finding") {
            auto const id = findings::FindingId::parse(value);
            if (!id) return std::nullopt;
            form.findings.push_back(*id);
        }
    }
    return form;
}

}  // namespace kula::portal
