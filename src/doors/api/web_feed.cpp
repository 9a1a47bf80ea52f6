#include "web_feed.hpp"

#include <initializer_list>
#include <utility>

#include "formats/markup.hpp"

namespace kula::api {
namespace {

using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Names are of ours; an element without an inside is closed at once.
std::string xml(std::string_view name, Attributes attributes, std::string_view inside = {}) {
    std::string out = "<" + std::string(name);
    for (auto const& [attribute, value] : attributes)
        out.append(" ").append(attribute).append("=\"").append(formats::escaped(value)).append("\"");
    if (inside.empty()) return out + "/>\n";
    return out.append(">").append(inside).append("</").append(name).append(">\n");
}

std::string xml_text(std::string_view name, std::string_view text, Attributes attributes = {}) {
    return xml(name, attributes, formats::escaped(text));
}

std::string xml_of(WebFeed::Entry const& entry) {
    auto out = xml_text("id", entry.id) + xml_text("title", entry.title) +
               xml_text("published", base::to_seconds_text(entry.published)) +
               xml_text("updated", base::to_seconds_text(entry.updated)) +
               xml("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", entry.page}});
    for (auto const& [scheme, term] : entry.categories) out += xml("category", {{"scheme", scheme}, {"term", term}});
    out += xml_text("summary", entry.summary);
    out += xml_text("content", entry.content, {{"type", "html"}});
    return xml("entry", {}, "\n" + out);
}

Json json_of(WebFeed::Entry const& entry) {
    Json tags = Json::array();
    for (auto const& category : entry.categories) tags.push_back(category.term);
    return {{"id", entry.id},
            {"url", entry.page},
            {"title", entry.title},
            {"summary", entry.summary},
            {"content_html", entry.content},
            {"date_published", time(entry.published)},
            {"date_modified", time(entry.updated)},
            {"tags", std::move(tags)},
            {"_kula", entry.more}};
}

}  // namespace

std::string atom(WebFeed const& feed) {
    auto inside = xml_text("id", feed.id) + xml_text("title", feed.title) +
                  xml_text("updated", base::to_seconds_text(feed.updated)) +
                  xml("author", {}, xml_text("name", feed.author)) + xml_text("generator", "Kula") +
                  xml("link", {{"rel", "self"}, {"type", "application/atom+xml"}, {"href", feed.address}}) +
                  xml("link", {{"rel", "alternate"}, {"type", "text/html"}, {"href", feed.page}});
    for (auto const& entry : feed.entries) inside += xml_of(entry);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
           xml("feed", {{"xmlns", "http://www.w3.org/2005/Atom"}, {"xml:lang", base::to_text(feed.language)}},
               "\n" + inside);
}

std::string json_feed(WebFeed const& feed) {
    Json items = Json::array();
    for (auto const& entry : feed.entries) items.push_back(json_of(entry));
    return written({{"version", "https://jsonfeed.org/version/1.1"},
                    {"title", feed.title},
                    {"home_page_url", feed.page},
                    {"feed_url", feed.address},
                    {"language", base::to_text(feed.language)},
                    {"authors", Json::array({{{"name", feed.author}}})},
                    {"items", std::move(items)}});
}

}  // namespace kula::api
