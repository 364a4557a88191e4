//! The vendors' own lists as last read: products, items, services, locations; and the
//! contacts of single customers, sealed.

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{ItemRow, ProductRow, ServiceRow};
use crate::reading::Reading;
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

impl Reading {
    /// Cin7's products, by id.
    pub fn products(&self) -> Result<Vec<ProductRow>, StoreFault> {
        self.all(
            "SELECT id, sku, name, kind, status, cost, price FROM product ORDER BY id",
            [],
            product_row,
        )
    }

    /// Cin7's product of that id, in lower case.
    pub fn product(&self, id: &str) -> Result<Option<ProductRow>, StoreFault> {
        let found = self.all(
            "SELECT id, sku, name, kind, status, cost, price FROM product WHERE id = ?1",
            [id],
            product_row,
        )?;
        Ok(found.into_iter().next())
    }

    /// The warehouse's items, by SKU.
    pub fn items(&self) -> Result<Vec<ItemRow>, StoreFault> {
        self.all(
            "SELECT sku, active, description FROM item ORDER BY sku",
            [],
            item_row,
        )
    }

    /// Products whose SKU or name has the text in it, in either case: one whose SKU is just
    /// that first, then those whose SKU begins so, then the rest by SKU.
    pub fn products_like(&self, text: &str, most: usize) -> Result<Vec<ProductRow>, StoreFault> {
        self.all(
            "SELECT id, sku, name, kind, status, cost, price FROM product
             WHERE instr(lower(sku), lower(?1)) > 0 OR instr(lower(name), lower(?1)) > 0
             ORDER BY lower(sku) <> lower(?1), instr(lower(sku), lower(?1)) <> 1,
                      instr(lower(sku), lower(?1)) = 0, sku LIMIT ?2",
            params![text, times::whole(most)],
            product_row,
        )
    }

    /// Items whose SKU or description has the text in it, in the same order.
    pub fn items_like(&self, text: &str, most: usize) -> Result<Vec<ItemRow>, StoreFault> {
        self.all(
            "SELECT sku, active, description FROM item
             WHERE instr(lower(sku), lower(?1)) > 0 OR instr(lower(description), lower(?1)) > 0
             ORDER BY lower(sku) <> lower(?1), instr(lower(sku), lower(?1)) <> 1,
                      instr(lower(sku), lower(?1)) = 0, sku LIMIT ?2",
            params![text, times::whole(most)],
            item_row,
        )
    }

    /// The warehouse's services, by code.
    pub fn services(&self) -> Result<Vec<ServiceRow>, StoreFault> {
        self.all(
            "SELECT code, name, active, countries, is_default, carrier FROM service ORDER BY code",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(ServiceRow {
                    code: columns.next()?,
                    name: columns.next()?,
                    active: columns.next()?,
                    countries: columns
                        .next::<String>()?
                        .split(' ')
                        .filter(|code| !code.is_empty())
                        .map(str::to_owned)
                        .collect(),
                    is_default: columns.next()?,
                    carrier: columns.next()?,
                })
            },
        )
    }

    /// Cin7's locations: id and name, by name.
    pub fn locations(&self) -> Result<Vec<(String, String)>, StoreFault> {
        self.all(
            "SELECT id, name FROM location ORDER BY name, id",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.next()?, columns.next()?))
            },
        )
    }

    /// When the list of that name was last read whole.
    pub fn reference_age(&self, name: &str) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let at = self.one("SELECT at FROM list_read WHERE name = ?1", [name], |row| {
            row.get(0)
        })?;
        times::at_ms_or_none(at)
    }

    /// A customer's contacts as they were put, and when they were read. Without a key as
    /// if there were none.
    #[expect(
        clippy::type_complexity,
        reason = "a time and bytes, and nothing else needs a name"
    )]
    pub fn contact(
        &self,
        customer_id: &str,
    ) -> Result<Option<(DateTime<Utc>, Vec<u8>)>, StoreFault> {
        if self.sealer().is_none() {
            return Ok(None);
        }
        let kept = self.one(
            "SELECT read_at, sealed FROM contact WHERE customer = ?1",
            [customer_id],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)),
        )?;
        let Some((read_at, sealed)) = kept else {
            return Ok(None);
        };
        let plain = self.opened(Purpose::Contact, customer_id.as_bytes(), &sealed)?;
        Ok(Some((times::at_ms(read_at)?, plain)))
    }
}

fn product_row(row: &rusqlite::Row<'_>) -> Result<ProductRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(ProductRow {
        id: columns.next()?,
        sku: columns.next()?,
        name: columns.next()?,
        kind: columns.next()?,
        status: columns.next()?,
        cost: times::decimal(&columns.next::<String>()?)?,
        price: times::decimal(&columns.next::<String>()?)?,
    })
}

fn item_row(row: &rusqlite::Row<'_>) -> Result<ItemRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(ItemRow {
        sku: columns.next()?,
        active: columns.next()?,
        description: columns.next()?,
    })
}

impl Write<'_> {
    /// Adds these products, or puts them in the place of what was known of them.
    pub fn put_products(&mut self, rows: &[ProductRow]) -> Result<(), StoreFault> {
        for row in rows {
            self.run(
                "INSERT INTO product (id, sku, name, kind, status, cost, price)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, name = excluded.name,
                     kind = excluded.kind, status = excluded.status, cost = excluded.cost,
                     price = excluded.price",
                params![
                    row.id,
                    row.sku,
                    row.name,
                    row.kind,
                    row.status,
                    row.cost.to_string(),
                    row.price.to_string()
                ],
            )?;
        }
        Ok(())
    }

    /// Adds these items, or puts them in the place of what was known of them.
    pub fn put_items(&mut self, rows: &[ItemRow]) -> Result<(), StoreFault> {
        for row in rows {
            self.run(
                "INSERT INTO item (sku, active, description) VALUES (?1, ?2, ?3)
                 ON CONFLICT (sku) DO UPDATE SET active = excluded.active,
                     description = excluded.description",
                params![row.sku, row.active, row.description],
            )?;
        }
        Ok(())
    }

    /// Puts these services in the place of all that were known.
    pub fn put_services(&mut self, rows: &[ServiceRow]) -> Result<(), StoreFault> {
        self.run("DELETE FROM service", [])?;
        for row in rows {
            self.run(
                "INSERT INTO service (code, name, active, countries, is_default, carrier)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (code) DO UPDATE SET name = excluded.name, active = excluded.active,
                     countries = excluded.countries, is_default = excluded.is_default,
                     carrier = excluded.carrier",
                params![
                    row.code,
                    row.name,
                    row.active,
                    row.countries.join(" "),
                    row.is_default,
                    row.carrier
                ],
            )?;
        }
        Ok(())
    }

    /// Puts these locations, id and name, in the place of all that were known.
    pub fn put_locations(&mut self, rows: &[(String, String)]) -> Result<(), StoreFault> {
        self.run("DELETE FROM location", [])?;
        for (id, name) in rows {
            self.run(
                "INSERT INTO location (id, name) VALUES (?1, ?2)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                [id, name],
            )?;
        }
        Ok(())
    }

    /// Notes that the list of that name was read whole.
    pub fn reference_read(&mut self, name: &str, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO list_read (name, at) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            params![name, times::ms(now)],
        )?;
        Ok(())
    }

    /// Keeps a customer's contacts, in whatever form the engine reads them back.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn put_contact(
        &mut self,
        customer_id: &str,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let sealed = self.sealed_text(Purpose::Contact, customer_id.as_bytes(), body)?;
        self.run(
            "INSERT INTO contact (customer, read_at, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (customer) DO UPDATE SET read_at = excluded.read_at,
                 sealed = excluded.sealed",
            params![customer_id, times::ms(now), sealed],
        )?;
        Ok(())
    }
}
