#pragma once
// One row of a delivery, whatever it is written in, and who is told of it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/event_field.hpp"
#include "formats/stream.hpp"

namespace kula::intake {

using events::Json;

/// Cells that do not stand in the row itself.
using Cells = std::vector<std::pair<std::string, Json>>;

/// Names of a row's cells. Of one header for all rows of a table; objects have their own.
class Row {
public:
    /// Both live as long as the row.
    Row(std::vector<std::string> const& names, std::span<std::string_view const> cells)
        : names_(&names), cells_(cells) {}
    explicit Row(Json const& object) : object_(&object) {}
    explicit Row(Json&&) = delete;

    std::uint64_t line = 0;  ///< Where it begins in the decoded text; 0 where that is not known.
    std::string_view raw{};  ///< As it stood there.
    /// May be null. They come before its own of the same name.
    Cells const* beside = nullptr;

    /// Null for a row of a table.
    [[nodiscard]] Json const* object() const { return object_; }
    /// Nothing where there is no such cell. Of an object `a.b` is `b` inside `a`, unless there is an `a.b`. Texts that
    /// are no UTF-8 are taken for ISO 8859-1.
    [[nodiscard]] std::optional<Json> cell(std::string_view name) const;
    /// Calls `visit(name)` for all cells, inner ones of an object as `a.b` unless `is_whole("a")`.
    template <class Visitor, class Whole>
    void each_name(Visitor const& visit, Whole const& is_whole) const {
        auto const visit_own = [&](std::string const& name) {
            if (beside == nullptr || !is_beside(name)) visit(name);
        };
        if (object_ != nullptr) {
            each_inner(*object_, {}, visit_own, is_whole);
        } else {
            for (auto const& name : *names_) visit_own(name);
        }
        if (beside == nullptr) return;
        for (auto const& [name, value] : *beside) {
            if (value.is_object() && !is_whole(name)) {
                each_inner(value, name + '.', visit, is_whole);
            } else {
                visit(name);
            }
        }
    }

private:
    [[nodiscard]] bool is_beside(std::string_view name) const;
    template <class Visitor, class Whole>
    static void each_inner(Json const& object, std::string const& prefix, Visitor const& visit, Whole const& is_whole) {
        for (auto const& [name, value] : object.items()) {
            if (value.is_object() && !value.empty() && !is_whole(prefix + name)) {
                each_inner(value, prefix + name + '.', visit, is_whole);
            } else {
                visit(prefix + name);
            }
        }
    }

    std::vector<std::string> const* names_ = nullptr;
    std::span<std::string_view const> cells_{};
    Json const* object_ = nullptr;
};

/// Well-formed UTF-8: the text itself, or what it is as ISO 8859-1.
std::string as_utf8(std::string_view text);

/// Of most texts that are cut.
constexpr std::string_view breaks_off = "it breaks off";

class RowSink {
public:
    virtual ~RowSink() = default;
    virtual void row(Row const& row) = 0;
    /// It stands there and is no row: `raw` as far as it is known.
    virtual void broken(std::uint64_t line, std::string_view raw, std::string_view reason) = 0;
    /// The text as a whole lacks something: nothing more comes.
    virtual void refuse(std::string reason) = 0;
    /// What is no fault, but should be told of the whole.
    virtual void remark(std::string /*what*/) {}
    /// The text broke off inside a row, or before its end: it is not all.
    virtual void cut(std::string_view why) = 0;
};

/// Takes rows off a text, piece by piece (`formats/stream.hpp`).
class RowReader {
public:
    virtual ~RowReader() = default;
    virtual std::size_t consume(std::span<std::byte const> bytes, formats::InputEnd end, RowSink& sink) = 0;
};

}  // namespace kula::intake
