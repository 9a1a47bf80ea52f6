#pragma once
/// @file
/// One command under way: what it asks, and what it writes of the answers.

#include "asking.hpp"
#include "client/command.hpp"
#include "invocation.hpp"
#include "output.hpp"

namespace kula::client {

/// `GET` and the others that may be asked with.
std::optional<net::Method> parse_method(std::string_view text);

/// `?name=value&…`, percent-encoded; empty for none.
std::string query_text(std::vector<std::pair<std::string, std::string>> const& query);

class Command {
public:
    Command(Contract const& contract, Invocation const& invocation, Surroundings const& surroundings, Asking asking);

    /// Its `Ending`.
    int run();

private:
    int list();
    int watch();
    int pass_on();
    int read_or_change();
    int raw();

    /// A file's content, or standard input's.
    [[nodiscard]] base::Result<std::string> input(std::string const& from) const;
    [[nodiscard]] net::ClientRequest request(Operation const& operation) const;
    /// The body that is sent, into the request. For a change of fields, of the record as it is now.
    base::Result<void> add_body(net::ClientRequest& request);
    base::Result<void> add_json(net::ClientRequest& request);
    /// The version that is changed, into the request: given, that of the file, or the present one.
    base::Result<void> add_version(net::ClientRequest& request);
    /// The record as it is now, once. None: it was refused or not reached, which was told; `ending_` says how.
    net::ClientAnswer const* present();

    [[nodiscard]] bool write(std::string_view bytes) const;
    [[nodiscard]] Format format() const;
    int tell(base::Error const& error, int ending) const;
    /// Tells what is no good answer.
    int refused(net::ClientAnswer const& answer) const;
    int write_answer(net::ClientAnswer const& answer);
    base::Result<std::vector<Column>> columns() const;
    void say(std::string_view sentence) const;

    Contract const& contract_;
    Invocation const& invocation_;
    Surroundings const& surroundings_;
    Asking asking_;
    std::optional<net::ClientAnswer> present_{};
    std::string version_of_file_{};
    int ending_ = done;
};

}  // namespace kula::client
