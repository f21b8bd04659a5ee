// Reads what a page says around its operation: maturity, licence, clouds, purpose, day.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "page/page_context.h"

namespace conform {

struct MaturityFact {
  std::string maturity;           ///< `preview` of a beta version, else `general availability`.
  std::vector<Place> places;      ///< of each sentence that says so; not empty.
  std::vector<Place> production;  ///< of each that speaks of use in production.
};
/// `server_place` is cited where the page says nothing of it.
MaturityFact ReadMaturity(const PageContext& context, bool beta, const Place& server_place);

struct LicenseFact {
  std::string service;  ///< `Intune`
  Place place;
};
std::optional<LicenseFact> ReadLicense(const PageContext& context);

struct CloudsFact {
  std::vector<std::string>
      clouds;  ///< of `global`, `us-gov-l4`, `us-gov-l5-dod`, `china-21vianet`.
  Place place;
};
/// From a table of clouds, else from the name of the INCLUDE file that would hold it.
std::optional<CloudsFact> ReadClouds(const PageContext& context);

struct PurposeFact {
  bool said = false;  ///< false: the place of the description says that it is still to be written.
  Place place;
};
PurposeFact ReadPurpose(const PageContext& context);

/// The day the page is of: when a translation was handed off, else `ms.date`. Nothing where its
/// front matter has none.
std::optional<std::chrono::sys_days> ReadDay(const Page& page);

/// Of the title, or of the page's first line where it has none.
Place PlaceOfTitle(const Page& page);

}  // namespace conform
