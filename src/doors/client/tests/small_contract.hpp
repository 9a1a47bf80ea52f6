#pragma once
/// @file
/// A contract of the trade, small enough to be read.

#include <gtest/gtest.h>

#include "contract.hpp"
#include "schema.hpp"

namespace kula::client::testing {

inline constexpr std::string_view small_contract = R"json({
 "tags": [{"name": "organisations", "description": "Who owns which network"}, {"name": "access", "description": "People"}],
 "paths": {
  "/api/v1/organisations": {
   "get": {"tags": ["organisations"], "operationId": "list_organisations", "x-permission": "organisations.read",
    "summary": "Organisations",
    "parameters": [
     {"name": "sector", "in": "query", "description": "A sector's id", "schema": {"type": "string"}},
     {"name": "from", "in": "query", "schema": {"type": "string", "format": "date-time"}},
     {"name": "with_conflicts", "in": "query", "schema": {"type": "boolean"}},
     {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "-name"], "default": "name"}},
     {"name": "cursor", "in": "query", "schema": {"type": "string"}},
     {"$ref": "#/components/parameters/Limit"}],
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object", "properties": {
     "items": {"type": "array", "items": {"$ref": "#/components/schemas/Organisation"}},
     "next": {"type": ["string", "null"]}}}}}}}},
   "post": {"tags": ["organisations"], "operationId": "create_organisation", "x-permission": "organisations.write",
    "summary": "Add an organisation",
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/OrganisationInput"}}}},
    "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Organisation"}}}}}}},
  "/api/v1/organisations/{id}": {
   "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}],
   "get": {"tags": ["organisations"], "operationId": "read_organisation", "summary": "One organisation",
    "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Organisation"}}}}}},
   "put": {"tags": ["organisations"], "operationId": "replace_organisation", "summary": "Replace an organisation",
    "parameters": [{"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}}],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/OrganisationInput"}}}},
    "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Organisation"}}}}}},
   "delete": {"tags": ["organisations"], "operationId": "delete_organisation", "summary": "Remove an organisation",
    "parameters": [{"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}}],
    "responses": {"204": {}}}},
  "/api/v1/organisations/import": {
   "post": {"tags": ["organisations"], "operationId": "import_organisations", "summary": "Add many",
    "parameters": [{"name": "source", "in": "query", "required": true, "schema": {"type": "string"}}],
    "requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "array"}}}},
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}},
  "/api/v1/exporters": {
   "get": {"tags": ["organisations"], "operationId": "list_exporters", "summary": "Who sends flows",
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object", "properties": {
     "exporters": {"type": "array", "items": {"type": "object"}}, "sockets": {"type": "array", "items": {"type": "object"}}}}}}}}}},
  "/api/v1/users/{id}/sessions": {
   "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
   "get": {"tags": ["access"], "operationId": "list_sessions", "summary": "Sessions",
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object", "properties": {
     "items": {"type": "array", "items": {"type": "object"}}}}}}}}},
   "delete": {"tags": ["access"], "operationId": "end_sessions", "summary": "End all", "responses": {"204": {}}}},
  "/api/v1/users/{id}/sessions/{session}": {
   "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                  {"name": "session", "in": "path", "required": true, "schema": {"type": "string"}}],
   "delete": {"tags": ["access"], "operationId": "end_session", "summary": "End one", "responses": {"204": {}}}},
  "/api/v1/stream": {
   "get": {"tags": ["access"], "operationId": "follow", "summary": "What is new",
    "responses": {"200": {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}}}
 },
 "components": {
  "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 50}}},
  "schemas": {
   "Tlp": {"type": "string", "enum": ["clear", "green", "amber", "red"]},
   "Contact": {"type": "object", "required": ["name", "email"], "properties": {
     "name": {"type": "string"}, "email": {"type": ["string", "null"]}}},
   "Parent": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}},
   "OrganisationInput": {"type": "object", "required": ["name", "sector", "contacts", "roles"], "properties": {
     "name": {"type": "string"},
     "sector": {"type": ["string", "null"]},
     "tlp": {"$ref": "#/components/schemas/Tlp", "default": "amber"},
     "size": {"type": "integer"},
     "roles": {"type": "array", "minItems": 1, "items": {"type": "string"}},
     "contacts": {"type": "array", "items": {"$ref": "#/components/schemas/Contact"}}}},
   "Organisation": {"allOf": [{"$ref": "#/components/schemas/OrganisationInput"}, {"type": "object", "required": ["id"], "properties": {
     "id": {"type": "string", "format": "uuid"},
     "version": {"type": "integer"},
     "parent": {"oneOf": [{"$ref": "#/components/schemas/Parent"}, {"type": "null"}]}}}]}
  }}
})json";

inline Contract contract() {
    auto parsed = Contract::parse(small_contract);
    EXPECT_TRUE(parsed) << parsed.error().detail;
    return std::move(*parsed);
}

inline Operation const& operation(Contract const& contract, std::string_view name) {
    for (auto const& one : contract.operations())
        if (one.name() == name) return one;
    ADD_FAILURE() << "no operation is called " << name;
    return contract.operations().front();
}

}  // namespace kula::client::testing
