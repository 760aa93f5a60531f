







CREATE FUNCTION the_room.sealing_tombstone_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN RAISE EXCEPTION 'a tombstone stays'; END $$;





CREATE TABLE the_room.sealing_field (
    site text NOT NULL,
    tab text NOT NULL,
    col text NOT NULL,
    "row" text NOT NULL,
    record text NOT NULL,
    sealed bytea NOT NULL
);



CREATE TABLE the_room.sealing_tombstone (
    site text NOT NULL,
    record text NOT NULL,
    text bytea NOT NULL
);



CREATE TABLE the_room.sealing_wrap (
    site text NOT NULL COLLATE pg_catalog."C",
    record text NOT NULL COLLATE pg_catalog."C",
    generation integer NOT NULL,
    holder text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    fingerprint bytea NOT NULL,
    wrapped bytea NOT NULL
);



INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '0-0', 'record-0', '\x0100011d5c7ab4d289d838b4f895442c273dc7e4724ff7b8a943a821125c1746f6d88fc1ebf55b64a9e2c41e2b9da2a8413a4457d3a82cf4367d937fc21742');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '0-1', 'record-0', '\x010001ca72c40364ba86cce586236ce5a89c897f134a2ecfa56af1e4ebd25e98045ac3a93ca427efdd3459bdae97178ec3cf722e92886f0f9ce085c126f7de');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '0-2', 'record-0', '\x0100014dae88df29e2dd7739f027a295c37b84a8789377b69ca650b578c12bc43742c18cb3f1c9c7e7316f01a7cba3b62b0a9ce33b90167b381fbf545a01f6');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '0-3', 'record-0', '\x010001095f92ece6788580f675ddc3253bfb6db79a7b616557e425b925cfbbadc44dd0513d108ac70ff44cf2e58e86edee7dc86db43b65dfdd41693b3d873d');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '1-0', 'record-1', '\x010001a5aa398f741c7cb2f738f4ad8c90c987de859a328f3c15eead6260720efb695e54f51dfe7f2471630ebe6fae69c4f4dde7528d0aaf01ecad57d9e6bd');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '1-1', 'record-1', '\x010001bf0997a2b1f6a9e516daed2bca7977f88c53d263350ea2c7d9b63e225f3abd84b7a8ea7a4fee546e519448ba7a08f76f07c9d71d19065b377e6380ef');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '1-2', 'record-1', '\x01000138b27cd2650c3468328da3f11406335d15790742b018c3c804965e1df9358dbc46c0c41541281c7c76831b6354fb646a86bdfe0f738dd9295ece55c3');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '1-3', 'record-1', '\x01000176e772b981d7c108f7e25f209c104b8b4301276772f7c8da5038dcbd5ae119d2b05fd58f2640a604dbaf01b1ec0892bf7942a654e8c9c4d54c5361c7');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '2-0', 'record-2', '\x01000168a576b7d6af38b31d83bba2deaf156d53deb99c087ec9e35c19e7adda39602113f0761ce096c7932b489865027a11c598e19e932176a78be7821d71');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '2-1', 'record-2', '\x010001a7db684b11b35e400dbd44ea92fe122ed86fa57777f3a5af760c40a29d13fae8e80df8245ea45205e89e715befcb424d2a0af39cb9d30ec890d8d280');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '2-2', 'record-2', '\x0100015bc5e6dfc137be84315e55559bdf48571d7a68436d379056570db5302607da3a5622551f6f3a2e29de70a07b649282e0e27c9205a4029a4cdd136105');
INSERT INTO the_room.sealing_field VALUES ('st-mary', 'note', 'text', '2-3', 'record-2', '\x010001d31c0c67b2be8c2fd779d3f0fb021b6e6ed5b9810378ab424da0db0be933c0b4ce8fd14a826c518cdfffc18195386d830fd80c29260cb7cf3c894641');



INSERT INTO the_room.sealing_tombstone VALUES ('st-mary', 'record-2', '\x7b2264657374726f7965645f6174223a22323032362d31312d32335430303a30303a30302b30303a3030222c2266696e6765727072696e7473223a5b223534313261633066343539313562313130353763353963326231356463366637225d2c22726561736f6e223a22726574656e74696f6e222c227265636f7264223a227265636f72642d32222c2273697465223a2273742d6d617279222c2276223a317d');



INSERT INTO the_room.sealing_wrap VALUES ('st-mary', 'record-0', 1, 'role/nurse', 1, '\x4fb41f407382c97c620c164fa6ccf78c', '\x117cf79b7e683b33ac43b33aca62e82fd3a89fe649241ab7d61ae05fc5c5bcbfe8fdca63c5d4522eb120329a7a4c2c7edfd47c03789e1594eac238c1e5');
INSERT INTO the_room.sealing_wrap VALUES ('st-mary', 'record-1', 1, 'role/nurse', 1, '\x5ff5bb474409290305f81c8eb493976e', '\x11409d3ae833da91783cd59a72baf81314e7857770e7314b0de1bd70a50e0f0997e152c152e9673b7ffe1133c5c85a17cadd9a203c75625a71bc54c8db');



ALTER TABLE ONLY the_room.sealing_field
    ADD CONSTRAINT sealing_field_pkey PRIMARY KEY (site, tab, col, "row");



ALTER TABLE ONLY the_room.sealing_tombstone
    ADD CONSTRAINT sealing_tombstone_pkey PRIMARY KEY (site, record);



ALTER TABLE ONLY the_room.sealing_wrap
    ADD CONSTRAINT sealing_wrap_pkey PRIMARY KEY (site, record, generation, holder, version);



CREATE INDEX sealing_field_by_record ON the_room.sealing_field USING btree (site, record);



CREATE INDEX sealing_wrap_by_key ON the_room.sealing_wrap USING btree (holder, version, site, record, generation);



CREATE TRIGGER sealing_tombstone_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON the_room.sealing_tombstone FOR EACH STATEMENT EXECUTE FUNCTION the_room.sealing_tombstone_stays();




