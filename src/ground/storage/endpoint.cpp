#include "endpoint.hpp"

#include "dialect.hpp"

namespace kula::storage {

base::Result<Endpoint> endpoint_of(DatabaseOptions const& options) {
    if (options.folder.string().find('"') != std::string::npos)
        return base::invalid("the data folder's name holds a quote");
    if (options.url.empty()) return Endpoint{Dialect::sqlite, (options.folder / "kula.sqlite").string()};
    auto const url = postgresql::complete_url(options.url);
    if (url.has_error()) return url.error();
    return Endpoint{Dialect::postgresql, *url};
}

}  // namespace kula::storage
