#include "profile/connection_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "auth/token_file.h"
#include "base/proxy.h"
#include "exchange/tls_context.h"
#include "profile/variable_name.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct ConnectionReader {
  const YamlContext& context;
  /// Shows no line: a secret may stand there by mistake.
  const YamlContext& quiet;
  const VariableLookup& variables;
  fs::path folder;  ///< of the profile.
};

/// Empty where the key is absent.
fs::path ReadPath(MapReader& reader, std::string_view key, const ConnectionReader& from) {
  const auto text = reader.Text(key);
  return text ? from.folder / *text : fs::path();
}

Span ValueSpan(MapReader& reader, std::string_view key) { return BlameSpan(*reader.Find(key)); }

void LoadCaFile(MapReader& profile, const ConnectionReader& from, TlsSettings& tls) {
  tls.ca_file = ReadPath(profile, "ca_file", from);
  if (tls.ca_file.empty()) return;
  const auto loaded = TlsContext::Load("", {tls.ca_file, {}}, {});
  if (loaded) return;
  from.context.Complain(ValueSpan(profile, "ca_file"), loaded.error().message,
                        "name a PEM file of certificates; its path begins at the profile's folder");
}

/// False: others can read it, or nobody, and that was told.
bool IsKeptSecret(MapReader& reader, std::string_view key, const fs::path& file,
                  const ConnectionReader& from) {
  const auto read = ReadSecretFile(file);
  if (read) return true;
  from.context.Complain(ValueSpan(reader, key), read.error().message);
  return false;
}

void CheckCertificate(MapReader& reader, const ClientCertificate& own,
                      const ConnectionReader& from) {
  const bool apart = !own.key_file.empty();
  if (!IsKeptSecret(reader, apart ? "key_file" : "certificate_file",
                    apart ? own.key_file : own.file, from)) {
    return;
  }
  const auto value = [&](const std::string& name) {
    return from.variables ? from.variables(name).value_or("") : "";
  };
  // To list cases nobody sets a password: whoever connects is told that it is missing.
  if (!own.password_variable.empty() && value(own.password_variable).empty()) return;
  const auto loaded = TlsContext::Load(own.host, {{}, {own}}, from.variables);
  if (loaded) return;
  from.context.Complain(ValueSpan(reader, "certificate_file"), loaded.error().message);
}

std::string LoadHost(MapReader& reader, const YamlContext& context) {
  const auto text = reader.RequireText("host");
  if (!text) return "";
  const Expected<Origin> origin = ParseOrigin("https://" + *text);
  const bool alone = origin && text->find('/') == std::string::npos &&
                     FormatOrigin(*origin) == FormatOrigin({"https", origin->host, 443});
  if (alone) return origin->host;
  context.Complain(reader.Find("host")->value.span, fmt::format("'{}' is no host", *text),
                   "write the host alone, as the target has it: graph.example.com");
  return "";
}

void LoadClientCertificate(const YamlNode& node, const ConnectionReader& from,
                           std::vector<ClientCertificate>& certificates) {
  MapReader reader(from.context, node, "a client certificate", node.span);
  if (!reader.valid()) return;
  ClientCertificate own;
  own.host = LoadHost(reader, from.context);
  reader.Require("certificate_file");
  own.file = ReadPath(reader, "certificate_file", from);
  own.key_file = ReadPath(reader, "key_file", from);
  own.password_variable = LoadVariableName(reader, from.quiet, "password_variable");
  if (!own.file.empty()) CheckCertificate(reader, own, from);
  const bool known =
      std::any_of(certificates.begin(), certificates.end(),
                  [&own](const ClientCertificate& other) { return other.host == own.host; });
  if (known && !own.host.empty()) {
    from.context.Complain(reader.Find("host")->value.span,
                          fmt::format("'{}' has a client certificate already", own.host),
                          "name one for each host");
  }
  reader.Finish();
  certificates.push_back(std::move(own));
}

void LoadClientCertificates(MapReader& profile, const ConnectionReader& from, TlsSettings& tls) {
  const YamlEntry* entry = profile.Find("client_certificates");
  if (entry == nullptr) return;
  if (entry->value.kind != YamlNode::Kind::kSequence) {
    from.context.Complain(
        BlameSpan(*entry),
        fmt::format("'client_certificates' must be a list, not {}", DescribeKind(entry->value)),
        "write - {host: HOST, certificate_file: FILE, key_file: FILE}");
    return;
  }
  for (const YamlNode& item : entry->value.items) {
    LoadClientCertificate(item, from, tls.client_certificates);
  }
}

void CheckAddress(const std::string& address, const Span& span, const YamlContext& context) {
  if (address.find('@') != std::string::npos) {
    context.Complain(span, "a sign-in stands in the proxy's address",
                     "a profile names secrets and never holds them: put user:password into an "
                     "environment variable and name it as sign_in_variable");
    return;
  }
  const auto proxy = ChooseProxy({"https", "host.invalid", 443}, {address, "", {}}, {});
  if (proxy) return;
  context.Complain(span, "that is no address of a proxy",
                   "write http://host:port, or none to use no proxy");
}

void LoadProxy(MapReader& profile, const YamlContext& context, ProxySettings& proxy) {
  const YamlEntry* entry = profile.Find("proxy");
  if (entry == nullptr) return;
  if (entry->value.kind != YamlNode::Kind::kMapping) {
    const std::string address = profile.RequireText("proxy").value_or("");
    proxy.address = address == "none" ? "" : address;
    CheckAddress(*proxy.address, BlameSpan(*entry), context);
    return;
  }
  MapReader reader(context, entry->value, "proxy", BlameSpan(*entry));
  proxy.address = reader.RequireText("address").value_or("");
  if (!proxy.address->empty()) {
    CheckAddress(*proxy.address, reader.Find("address")->value.span, context);
  }
  proxy.credentials_variable = LoadVariableName(reader, context, "sign_in_variable");
  proxy.no_proxy = reader.Texts("no_proxy");
  reader.Finish();
}

}  // namespace

ConnectionSettings LoadConnection(MapReader& profile, const YamlContext& context,
                                  const YamlContext& quiet, const VariableLookup& variables) {
  ConnectionSettings settings;
  const ConnectionReader from{context, quiet, variables,
                              fs::path(context.source.path()).parent_path()};
  LoadCaFile(profile, from, settings.tls);
  LoadClientCertificates(profile, from, settings.tls);
  LoadProxy(profile, quiet, settings.proxy);
  return settings;
}

}  // namespace conform
