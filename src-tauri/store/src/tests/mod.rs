//! Stories about the store as a whole: what survives, what is found out, what is not seen.

mod attention;
mod bodies;
mod counts;
mod crash;
mod damage;
mod despatches;
mod despatches_by_chance;
mod despatches_told;
mod journal;
mod lists;
mod migrations;
mod outbox;
mod plans;
mod privacy;
mod proving;
mod retention;
mod sales;
mod searching;
mod sending;
mod stock;
mod tabs;
mod tallies;
mod telling;
mod watching;
mod world;
