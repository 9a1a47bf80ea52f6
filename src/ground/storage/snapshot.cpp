#include <fmt/format.h>

#include <filesystem>

#include "connection.hpp"
#include "copy_text.hpp"
#include "endpoint.hpp"
#include "faults.hpp"
#include "run_migrations.hpp"
#include "storage/copying.hpp"
#include "table_list.hpp"

namespace kula::storage {
namespace {

/// Of text before it is handed on: rows are short.
constexpr std::size_t piece_size = 64 * 1024;

using Take = std::function<base::Result<void>(std::string_view)>;

class OpenSnapshot final : public Snapshot {
public:
    explicit OpenSnapshot(Endpoint const& endpoint) : connection_(endpoint, Access::read) {
        connection_.begin();
        Session const session(connection_);
        scripts_ = applied_scripts(session);
        for (auto& table : table_list(session)) {
            tables_.push_back({table.name, table.columns});
            shapes_.push_back(std::move(table));
        }
    }

    std::vector<AppliedScript> const& scripts() const override { return scripts_; }
    std::vector<CopiedTable> const& tables() const override { return tables_; }

    base::Result<std::int64_t> copy(CopiedTable const& table, Take const& take) override {
        return caught([&] {
            std::int64_t const rows =
                connection_.dialect() == Dialect::sqlite ? select(table, take) : copy_out(table, take);
            hand_on(take, 0);
            return rows;
        });
    }

private:
    std::int64_t select(CopiedTable const& table, Take const& take) {
        auto const& types = types_of(table);
        std::int64_t rows = 0;
        connection_.select(fmt::format("select {} from {}", quoted_names(table.columns), quoted_names({table.name})),
                           {}, types, [&](Cell const* cells) {
                               append_row(text_, {cells, types.size()});
                               ++rows;
                               hand_on(take, piece_size);
                           });
        return rows;
    }

    std::int64_t copy_out(CopiedTable const& table, Take const& take) {
        return connection_.copy_out(
            fmt::format("copy {} ({}) to stdout", quoted_names({table.name}), quoted_names(table.columns)),
            [&](std::string_view row) {
                text_ += row;
                hand_on(take, piece_size);
            });
    }

    void hand_on(Take const& take, std::size_t from) {
        if (text_.size() <= from) return;
        auto const taken = take(text_);
        text_.clear();
        if (!taken) throw Failed(taken.error());
    }

    std::vector<ColumnType> const& types_of(CopiedTable const& table) const {
        for (auto const& shape : shapes_) {
            if (shape.name == table.name) return shape.types;
        }
        throw Failed(base::not_found("there is no table " + table.name));
    }

    Connection connection_;
    std::vector<AppliedScript> scripts_;
    std::vector<CopiedTable> tables_;
    std::vector<TableShape> shapes_;
    std::string text_;
};

}  // namespace

base::Result<std::unique_ptr<Snapshot>> Snapshot::open(DatabaseOptions const& options) {
    auto const endpoint = endpoint_of(options);
    if (!endpoint) return endpoint.error();
    std::error_code fault;
    if (endpoint->dialect == Dialect::sqlite && !std::filesystem::is_regular_file(endpoint->target, fault))
        return base::not_found(options.folder.string() + " holds no kula.sqlite: it is no data folder");
    return caught([&]() -> std::unique_ptr<Snapshot> { return std::make_unique<OpenSnapshot>(*endpoint); });
}

}  // namespace kula::storage
