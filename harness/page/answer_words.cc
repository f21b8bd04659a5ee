#include "page/word_lists.h"

namespace conform {
namespace {

constexpr std::string_view kInProgressTexts[] = {
    "in progress",     "already running",  "is running",      "under way", "underway",
    "ongoing",         "still running",    "being processed", "is active", "wird bereits",
    "läuft bereits",   "in bearbeitung",   "im gange",        "en cours",  "en curso",
    "en progreso",     "in corso",         "em andamento",    "em curso",  "ыполняется",
    "ходе выполнения", "進行中",           "実行中",          "処理中",    "진행 중",
    "실행 중",         "正在进行",         "正在運行",        "正在运行",  "正在進行",
    "进行中",          "wordt uitgevoerd", "w toku",          "trwa "};

constexpr std::string_view kWithinTexts[] = {
    "within",   "in less than", "less than", "sooner than", "innerhalb",   "weniger als",
    "dans les", "en moins de",  "moins de",  "dentro de",   "en menos de", "antes de",
    "entro",    "meno di",      "em até",    "em menos de", "течение",     "以内",
    "이내",     "以内",         "之内",      "分钟内",      "分鐘內",      "小时内",
    "秒内",     "binnen",       "ciągu"};

constexpr std::string_view kPreviousTexts[] = {
    "previous",      "last",   "prior",     "preceding", "earlier",  "vorherig",
    "vorangegangen", "letzt",  "précédent", "dernier",   "dernière", "anterior",
    "última",        "último", "precedent", "ultim",     "редыдущ",  "оследн",
    "前回",          "直前",   "이전",      "마지막",    "上一次",   "上次",
    "前一次",        "vorige", "laatste",   "oprzedni",  "statni"};

constexpr std::string_view kCodeTexts[] = {
    "code",  "status",  "http",    "returned",  "returns",  "return ",  "respond", "response",
    "error", "antwort", "réponse", "respuesta", "risposta", "resposta", "códig",   "codice",
    "ткли",  "твет",    "код",     "応答",      "コード",   "返し",     "응답",    "코드",
    "响应",  "代码",    "回應",    "代碼",      "返回",     "fehler",   "erreur",  "odpowied"};

constexpr std::string_view kCollectionTexts[] = {
    "collection",   "list of",     "sammlung", "auflistung", "liste",    "colección", "colecci",
    "lista",        "raccolta",    "insieme",  "coleção",    "conjunto", "оллекци",   "писок",
    "コレクション", "一覧",        "컬렉션",   "목록",       "集合",     "列表",      "集合",
    "清單",         "verzameling", "lijst",    "olekcj"};

}  // namespace

const WordList kInProgressWords = kInProgressTexts;
const WordList kWithinWords = kWithinTexts;
const WordList kPreviousWords = kPreviousTexts;
const WordList kCodeWords = kCodeTexts;
const WordList kCollectionWords = kCollectionTexts;

}  // namespace conform
