#include "admin_command.hpp"

#include <fmt/format.h>

#include <memory>

#include <CLI/CLI.hpp>

#include "admin.hpp"
#include "backup_options.hpp"
#include "exit_status.hpp"
#include "keys.hpp"
#include "owner_socket.hpp"
#include "upgrade.hpp"

namespace kula {
namespace {

/// Where the records are.
struct Place {
    std::string data{};
    std::string database{};
    std::string secret_key{};
};

/// Opens the folder itself: no server has it.
base::Result<AdminAnswer> answer_here(Place const& place, AdminRequest const& request) {
    if (auto const ours = is_ours(place.data); !ours) return ours.error();
    base::SystemClock const clock;
    auto const database = storage::Database::open({.folder = place.data, .url = place.database}, clock);
    if (!database) return database.error();
    if (auto const ready = make_ready(**database, {place.data, place.database, 1}); !ready) return ready.error();
    auto secrets = open_secrets(place.data, place.secret_key);
    if (!secrets) return secrets.error();
    auto const journal = journal::Journal::open(**database, clock);
    if (!journal) return journal.error();
    auto const registry = registry::Registry::open(**database, **journal, clock);
    if (!registry) return registry.error();
    auto const access = access::Access::open(**database, **journal, *secrets, clock);
    if (!access) return access.error();
    return answer(request, {**access, **registry, clock});
}

int run(Place const& place, AdminRequest const& request) {
    auto const print = to_standard_streams();
    if (auto const status = ask_owner(place.data, request, -1, print)) return *status;
    auto const here = answer_here(place, request);
    return here ? here->told(print) : failed("admin", here.error().detail);
}

/// A verb and its options, each of them handed on under its own name.
class Verb {
public:
    Verb(CLI::App& parent, std::string const& name, std::string const& path, std::string const& help,
         std::shared_ptr<Place> const& place, int& status)
        : command_(*parent.add_subcommand(name, help)), request_(std::make_shared<AdminRequest>()) {
        request_->verb = path;
        command_.add_option("--data", place->data, "The data folder")
            ->option_text("DIR")
            ->envname("KULA_DATA")
            ->required();
        command_.add_option("--database", place->database, "PostgreSQL instead of SQLite in the data folder")
            ->option_text("postgresql://...")
            ->envname("KULA_DATABASE");
        command_
            .add_option("--secret-key", place->secret_key,
                        "The key for secrets at rest; secret.key in the data folder unless told")
            ->option_text("FILE")
            ->envname("KULA_SECRET_KEY");
        command_.callback([place, request = request_, &status] { status = run(*place, *request); });
    }
    /// Several values where the text ends in `...`.
    Verb& takes(std::string const& option, std::string const& key, std::string const& text, std::string const& help) {
        add(option, key, text, help);
        return *this;
    }
    Verb& needs(std::string const& option, std::string const& key, std::string const& text, std::string const& help) {
        add(option, key, text, help)->required();
        return *this;
    }

private:
    CLI::Option* add(std::string const& option, std::string const& key, std::string const& text,
                     std::string const& help) {
        auto* const added = command_.add_option(option, request_->options[key], help)->option_text(text);
        return text.ends_with("...") ? added : added->expected(1);
    }

    CLI::App& command_;
    std::shared_ptr<AdminRequest> request_;
};

Verb& person(Verb& verb) {
    return verb.takes("--full-name", "full-name", "TEXT", "As people call them; the sign-in name unless told")
        .takes("--email", "email", "ADDRESS", "Where they are reached")
        .takes("--language", "language", "mk|sq|en", "Of the desk; en unless told");
}

CLI::App& group(CLI::App& admin, std::string const& name, std::string const& help) {
    auto* const command = admin.add_subcommand(name, help);
    command->require_subcommand(1);
    return *command;
}

}  // namespace

void add_admin_command(CLI::App& app, int& status) {
    auto* const admin = app.add_subcommand("admin", "People and service tokens, from the console of the machine");
    admin->require_subcommand(1);
    auto const place = std::make_shared<Place>();
    auto const verb = [&](CLI::App& parent, std::string const& name, std::string const& path, std::string const& help) {
        return Verb(parent, name, path, help, place, status);
    };

    auto first = verb(*admin, "init", "init",
                      "The first administrator: prints a one-time link that lets them choose a password");
    person(first.takes("--name", "name", "NAME", "To sign in with; admin unless told"));

    auto& users = group(*admin, "user", "People who may sign in");
    auto add = verb(users, "add", "user add", "Invite a person; prints a one-time link");
    person(add.needs("NAME", "name", "NAME", "To sign in with"))
        .needs("--role", "role", "ROLE...", "What they may do; 'kula admin role list' names them")
        .takes("--organisation", "organisation", "ID", "For roles of a constituent");
    verb(users, "list", "user list", "Name, state, roles, full name and id, a line each");
    verb(users, "link", "user link", "A new one-time link; password and second factors of before are void")
        .needs("NAME", "name", "NAME", "Who");
    verb(users, "deactivate", "user deactivate", "They cannot sign in any more").needs("NAME", "name", "NAME", "Who");

    auto& tokens = group(*admin, "token", "Service tokens, for programs");
    verb(tokens, "make", "token make", "Prints the token's secret, once")
        .needs("NAME", "name", "NAME", "What it is for")
        .needs("--permission", "permission", "PERMISSION...", "What it may do; 'kula admin role list' shows them")
        .takes("--days", "days", "N", "How long it is valid, 1 to 730 days; 90 unless told");
    verb(tokens, "list", "token list", "Id, state, end, permissions and name, a line each");
    verb(tokens, "revoke", "token revoke", "It is worth nothing any more").needs("ID", "id", "ID", "Which");

    verb(group(*admin, "role", "Roles"), "list", "role list", "Each role and its permissions");
}

}  // namespace kula
