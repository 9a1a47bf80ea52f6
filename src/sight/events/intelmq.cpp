#include "events/intelmq.hpp"

#include "texts.hpp"

namespace kula::events {
namespace {

std::string with_offset(std::string moment) {
    if (moment.ends_with('Z')) moment.replace(moment.size() - 1, 1, "+00:00");
    return moment;
}

Json value_of(EventField const& field, Json const& value) {
    if (field.type == FieldType::moment) return with_offset(value.get<std::string>());
    if (field.type == FieldType::tlp) return upper_case(value.get<std::string>());
    return value;
}

}  // namespace

Json to_intelmq(StoredEvent const& stored) {
    auto const& event = stored.event;
    auto const& known = EventFields::shipped();
    Json out = Json::object();
    for (auto const& [name, value] : event.fields().items()) {
        auto const* const field = known.find(name);
        if (field == nullptr || name == "classification.subtype") continue;
        if (name == "count" || name == "time.until" || field->type == FieldType::words) {
            out["extra." + name] = value_of(*field, value);
        } else if (field->may_be_several && value.is_array()) {
            out[name] = value_of(*field, value.front());
            out["extra." + name] = Json(value.begin() + 1, value.end());
        } else {
            out[name] = value_of(*field, value);
        }
    }
    if (auto const finer = event.text("classification.subtype")) out["classification.type"] = *finer;
    if (!out.contains("time.observation"))
        out["time.observation"] = with_offset(base::to_seconds_text(stored.observed));
    if (!out.contains("feed.name")) out["feed.name"] = stored.source;
    out["__type"] = "Event";
    return out;
}

}  // namespace kula::events
